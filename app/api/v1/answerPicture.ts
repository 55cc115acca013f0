import { createHash } from "node:crypto";
import { renderPng } from "@/lib/image/png";
import type { Visibility } from "@/lib/model/words";
import type { PictureFormat } from "@/lib/urls/share";

const TYPES = { svg: "image/svg+xml; charset=utf-8", png: "image/png" } as const;
/** Whoever shows a picture of a public project again within so many seconds need not ask. */
const FRESH_SECONDS = 300;
/** An SVG that is opened by itself runs and loads nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** PNGs that were drawn lately, by what they show; some 50 KB each. */
const drawn = new Map<string, Promise<Buffer>>();
const MOST_DRAWN = 64;

/**
 * A picture of ours as an answer, with the ETag of what it shows: a reader who has it gets 304, and a PNG that was drawn
 * lately is not drawn again. Pictures of private projects are kept by nobody on the way.
 */
export async function answerPicture(
  request: Request,
  svg: string,
  format: PictureFormat,
  visibility: Visibility,
): Promise<Response> {
  const hash = createHash("sha256").update(svg).digest("base64url").slice(0, 22);
  const etag = `"${hash}-${format}"`;
  const headers = new Headers({
    "content-type": TYPES[format],
    "cache-control": visibility === "public" ? `public, max-age=${FRESH_SECONDS}` : "private, no-cache",
    etag,
    "x-content-type-options": "nosniff",
    "content-security-policy": POLICY,
    // A picture of a public project may stand on any page.
    ...(visibility === "public" && {
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
    }),
  });
  const known = request.headers.get("if-none-match")?.split(/\s*,\s*/) ?? [];
  if (known.some((one) => one === etag || one === `W/${etag}`)) return new Response(null, { status: 304, headers });
  if (format === "svg") return new Response(svg, { headers });
  return new Response(new Uint8Array(await pngOf(hash, svg)), { headers });
}

function pngOf(hash: string, svg: string): Promise<Buffer> {
  const known = drawn.get(hash);
  if (known) return known;
  const drawing = renderPng(svg);
  drawn.set(hash, drawing);
  drawing.catch(() => drawn.delete(hash));
  const [oldest] = drawn.keys();
  if (drawn.size > MOST_DRAWN && oldest !== undefined) drawn.delete(oldest);
  return drawing;
}
