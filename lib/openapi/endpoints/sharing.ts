import { BadgeQuery, FeedQuery, LinksQuery, SeriesPictureQuery, ShiftPictureQuery } from "@/lib/http/shareQueries";
import { SharedLinksAnswer, TextAnswer, VoidedLinksAnswer } from "../answers/sharing";
import type { Answer, Endpoint } from "../types";

const PROJECT = "/api/v1/projects/{project}";
const project = { project: "dask" };
const shift = { ...project, number: "1" };
const line = { workload: "array/anom_mean", metric: "duration" };

const SVG = "image/svg+xml; charset=utf-8";
const PNG = "image/png";

const text = (media: string, about: string): Answer => ({ status: 200, text: about, schema: TextAnswer, media });

/** What leaves the server. */
export const sharing: Endpoint[] = [
  {
    method: "GET",
    path: `${PROJECT}/shifts/{number}/image.svg`,
    id: "getShiftSvg",
    group: "Sharing",
    title: "A shift as SVG",
    text: "Title, verdict, range and the one or two leading series as the page draws them, 1200 by 630 px, readable at 600. Of a private project for its readers, and for whoever has the address that Tidemark signed for this shift.",
    scope: "read",
    query: ShiftPictureQuery,
    answers: [text(SVG, "The picture.")],
    examples: [{ name: "GET .../shifts/{number}/image.svg", path: shift, query: { theme: "dark" }, status: 200 }],
  },
  {
    method: "GET",
    path: `${PROJECT}/shifts/{number}/image.png`,
    id: "getShiftPng",
    group: "Sharing",
    title: "A shift as PNG",
    text: "The same picture as PNG: for previews of links, issues and chats.",
    scope: "read",
    query: ShiftPictureQuery,
    answers: [text(PNG, "The picture.")],
    examples: [{ name: "GET .../shifts/{number}/image.png", path: shift, status: 200 }],
  },
  {
    method: "GET",
    path: `${PROJECT}/shifts/{number}/markdown`,
    id: "getShiftMarkdown",
    group: "Sharing",
    title: "A shift as Markdown",
    text: "For an issue at GitHub or GitLab: picture, range with its commits, every series, how it was judged and how to see it again; under 65,000 characters. What clients sent is text in it: no tag, no link, nobody is called.",
    scope: "read",
    answers: [text("text/markdown; charset=utf-8", "The text.")],
    examples: [{ name: "GET .../shifts/{number}/markdown", path: shift, status: 200 }],
  },
  {
    method: "GET",
    path: `${PROJECT}/shifts/feed.atom`,
    id: "getAtomFeed",
    group: "Sharing",
    title: "The shifts as Atom feed",
    text: "The newest confirmed and recovered shifts under the filters of the list. Ids stay for ever; entries are dated by their first shifted commit, so neither a new analysis nor an old shift that is found late makes news of it.",
    scope: "read",
    query: FeedQuery,
    answers: [text("application/atom+xml; charset=utf-8", "The feed.")],
    examples: [{ name: "GET .../shifts/feed.atom", path: project, query: { limit: "1" }, status: 200 }],
  },
  {
    method: "GET",
    path: `${PROJECT}/shifts/feed.json`,
    id: "getJsonFeed",
    group: "Sharing",
    title: "The shifts as JSON Feed",
    text: "The same entries as JSON Feed 1.0.",
    scope: "read",
    query: FeedQuery,
    answers: [text("application/feed+json; charset=utf-8", "The feed.")],
    examples: [{ name: "GET .../shifts/feed.json", path: project, query: { limit: "1" }, status: 200 }],
  },
  {
    method: "GET",
    path: `${PROJECT}/series/image.svg`,
    id: "getSeriesSvg",
    group: "Sharing",
    title: "A chart as SVG",
    text: "Any chart at an address that stays, with the figures of its page. from and to keep the window; without them it shows the history as it is when it is asked for. Of a private project for its readers only.",
    scope: "read",
    query: SeriesPictureQuery,
    answers: [text(SVG, "The picture.")],
    examples: [{ name: "GET .../series/image.svg", path: project, query: { ...line, scale: "zero" }, status: 200 }],
  },
  {
    method: "GET",
    path: `${PROJECT}/series/image.png`,
    id: "getSeriesPng",
    group: "Sharing",
    title: "A chart as PNG",
    text: "The same picture as PNG.",
    scope: "read",
    query: SeriesPictureQuery,
    answers: [text(PNG, "The picture.")],
    examples: [{ name: "GET .../series/image.png", path: project, query: { ...line, width: "600" }, status: 200 }],
  },
  {
    method: "GET",
    path: `${PROJECT}/badge.svg`,
    id: "getBadge",
    group: "Sharing",
    title: "A badge",
    text: "For a README: how many confirmed regressions of the project, or of one workload, are open, or when it was last analysed without any.",
    scope: "read",
    query: BadgeQuery,
    answers: [text(SVG, "The badge.")],
    examples: [{ name: "GET .../badge.svg", path: project, query: { workload: "array/anom_mean" }, status: 200 }],
  },
  {
    method: "GET",
    path: `${PROJECT}/links`,
    id: "getLinks",
    group: "Sharing",
    title: "Feeds and badge, as addresses",
    text: "As they go into a feed reader or a README. Of a private project they are signed: whoever has such an address sees that one thing, until the links are voided.",
    scope: "read",
    query: LinksQuery,
    answers: [{ status: 200, text: "The addresses.", schema: SharedLinksAnswer }],
    examples: [{ name: "GET .../links", path: project, query: { workload: "array/anom_mean" }, status: 200 }],
  },
  {
    method: "DELETE",
    path: `${PROJECT}/links`,
    id: "voidLinks",
    group: "Sharing",
    title: "Void all signed links",
    text: "From the next request on no address that was signed before opens anything. Pages, Markdown and messages made from then on hold new ones.",
    scope: "admin",
    answers: [{ status: 200, text: "They are void.", schema: VoidedLinksAnswer }],
    examples: [{ name: "DELETE .../links", path: project, status: 200 }],
  },
];
