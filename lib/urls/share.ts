import { grammar, oneOf, segment, text } from "./query";

export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** How a picture is drawn. signature: lets somebody see one thing of a private project. */
const picture = { theme: oneOf(THEMES, "light"), signature: text } as const;
const pictureQuery = grammar(picture);

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
  shiftMarkdown: (slug: string, number: number) => `${project(slug)}/shifts/${number}/markdown`,
  feed: (slug: string, format: FeedFormat, signature: string | null = null) =>
    `${project(slug)}/shifts/feed.${format}${signedQuery.build({ signature })}`,
  badge: (slug: string, workload: string | null = null, signature: string | null = null) =>
    `${project(slug)}/badge.svg${badgeQuery.build({ workload, signature })}`,
  links: (slug: string) => `${project(slug)}/links`,
};
