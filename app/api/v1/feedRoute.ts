import { withSignature } from "@/lib/auth/sharedLinks";
import { originOf } from "@/lib/http/origin";
import { answerText, type Handler, route } from "@/lib/http/route";
import { FeedQuery } from "@/lib/http/shareQueries";
import { readFeed } from "@/lib/queries/feed";
import type { FeedFormat } from "@/lib/urls/share";

const TYPES = { atom: "application/atom+xml; charset=utf-8", json: "application/feed+json; charset=utf-8" } as const;

/** The shifts of a project as a feed. Of a private project also for whoever brings the signature of its feeds. */
export const feedRoute = (format: FeedFormat): Handler =>
  route({ scope: "read", query: FeedQuery }, async ({ request, actor, params, query }) => {
    const { project: slug = "" } = params;
    const { signature, status, ...asked } = query;
    const reader = await withSignature(actor, slug, { kind: "feed" }, signature);
    const feed = await readFeed(reader, slug, { ...asked, status: status ?? "all" }, format, originOf(request));
    return answerText(feed, TYPES[format], request);
  });
