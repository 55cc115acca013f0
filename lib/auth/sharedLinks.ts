import { createHmac } from "node:crypto";
import { db, row } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { Visibility } from "@/lib/model/words";
import { absolute } from "@/lib/urls/absolute";
import { type FeedFormat, type PictureFormat, shareUrl, type Theme } from "@/lib/urls/share";
import { linkSecret } from "./linkSecret";
import { isSameSecret } from "./secret";

/** What a signed link opens: this one thing of a private project, and nothing else of it. */
export type SharedThing =
  | { kind: "shift image"; number: number }
  | { kind: "feed" }
  | { kind: "badge"; workload: string | null };

/** A project as a link is signed for it. */
export type SharedProject = { id: number; slug: string; visibility: Visibility };

/**
 * What goes into `signature=` of an address of this thing; null for a public project, which needs none. HMAC-SHA256 over
 * project and thing with the project's secret; it holds until that is renewed (renewLinkSecret).
 */
export async function signatureOf(project: Omit<SharedProject, "slug">, thing: SharedThing): Promise<string | null> {
  if (project.visibility === "public") return null;
  return sign(await linkSecret(project.id), project.id, thing);
}

/**
 * Who asks, when they bring a signature: it makes a reader of the project of them, for this call. One that is no good
 * counts as none. Callers read nothing but `thing` with the answer.
 */
export async function withSignature(
  actor: Actor,
  slug: string,
  thing: SharedThing,
  signature: string | null,
): Promise<Actor> {
  if (signature === null) return actor;
  const project = await row<Omit<SharedProject, "slug">>(db(), "select id, visibility from projects where slug = $1", [
    slug,
  ]);
  if (!project || project.visibility === "public") return actor;
  const expected = sign(await linkSecret(project.id), project.id, thing);
  if (!isSameSecret(expected, signature)) return actor;
  return {
    kind: "anonymous",
    name: "signed link",
    tokenId: null,
    projectId: project.id,
    scopes: ["read"],
    defaultBranch: false,
  };
}

function sign(secret: string, projectId: number, thing: SharedThing): string {
  return createHmac("sha256", secret)
    .update(JSON.stringify([projectId, thing.kind, detailOf(thing)]))
    .digest("base64url");
}

function detailOf(thing: SharedThing): string | number | null {
  if (thing.kind === "shift image") return thing.number;
  return thing.kind === "badge" ? thing.workload : null;
}

/** Where the picture of a shift is, absolute; signed where the project is private. For whatever leaves this server. */
export async function shiftImageUrl(
  origin: string,
  project: SharedProject,
  number: number,
  { format = "png", theme }: { format?: PictureFormat; theme?: Theme } = {},
): Promise<string> {
  const signature = await signatureOf(project, { kind: "shift image", number });
  return absolute(origin, shareUrl.shiftImage(project.slug, number, format, { theme, signature }));
}

/** Where the feed of a project is, absolute; signed where the project is private. */
export async function feedUrl(origin: string, project: SharedProject, format: FeedFormat): Promise<string> {
  return absolute(origin, shareUrl.feed(project.slug, format, await signatureOf(project, { kind: "feed" })));
}

/** Where the badge of a project, or of one workload, is, absolute; signed where the project is private. */
export async function badgeUrl(origin: string, project: SharedProject, workload: string | null): Promise<string> {
  const signature = await signatureOf(project, { kind: "badge", workload });
  return absolute(origin, shareUrl.badge(project.slug, workload, signature));
}
