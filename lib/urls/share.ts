import { Y_SCALES } from "../chart/domain";
import { grammar, oneOf, type Selection, segment, text, whole } from "./query";

export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** How a picture is drawn. signature: lets somebody see one thing of a private project. */
const picture = { theme: oneOf(THEMES, "light"), signature: text } as const;
const pictureQuery = grammar(picture);

const chart = {
  workload: text,
  params: text,
  metric: text,
  environment: text,
  branch: text,
  from: text,
  to: text,
  x: oneOf(["commits", "time"], "commits"),
  scale: oneOf(Y_SCALES, "fit"),
  theme: picture.theme,
  width: whole(800, 320),
  height: whole(380, 240),
} as const;
const chartQuery = grammar(chart);

/** Which chart, and how it is drawn; from, to: shas, both included. */
export type ChartPicture = Selection<typeof chart>;

const badgeQuery = grammar({ workload: text, signature: text });
const signedQuery = grammar({ signature: text });

export type PictureFormat = "svg" | "png";
export type FeedFormat = "atom" | "json";

const project = (slug: string) => `/api/v1/projects/${segment(slug)}`;

/** The addresses that leave this server: pictures, Markdown, feeds, badges. `signature` null: none is needed. */
export const shareUrl = {
  shiftImage: (
    slug: string,
    number: number,
    format: PictureFormat,
    { theme = "light", signature = null }: { theme?: Theme; signature?: string | null } = {},
  ) => `${project(slug)}/shifts/${number}/image.${format}${pictureQuery.build({ theme, signature })}`,
  chart: (slug: string, format: PictureFormat, asked: Partial<ChartPicture>) =>
    `${project(slug)}/series/image.${format}${chartQuery.build(asked)}`,
  shiftMarkdown: (slug: string, number: number) => `${project(slug)}/shifts/${number}/markdown`,
  feed: (slug: string, format: FeedFormat, signature: string | null = null) =>
    `${project(slug)}/shifts/feed.${format}${signedQuery.build({ signature })}`,
  badge: (slug: string, workload: string | null = null, signature: string | null = null) =>
    `${project(slug)}/badge.svg${badgeQuery.build({ workload, signature })}`,
  links: (slug: string) => `${project(slug)}/links`,
};
