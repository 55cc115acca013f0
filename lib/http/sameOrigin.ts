import { config } from "@/lib/config";
import { Forbidden, TooLarge } from "@/lib/errors";

/**
 * Refuses what the page of another site has sent with a reader's cookie. Browsers say where a request comes from, in
 * `Sec-Fetch-Site` and `Origin`, and let no page change that; a request without either is no browser's and has no
 * business with a cookie. Throws Forbidden.
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  if (site ? site === "same-origin" : isOwn(headers.get("origin"), headers.get("host"))) return;
  throw new Forbidden(
    "This was not sent by a page of this server, so nothing was done. Do it on the page itself, or from a program with a token ('Authorization: Bearer ...') instead of a cookie.",
  );
}

/** Is it the address people know, or the host that was asked? Proxies may end TLS, so the scheme does not count. */
function isOwn(origin: string | null, host: string | null): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const { host: sender } = new URL(origin);
  const known = config.publicUrl();
  return sender !== "" && (sender === host || (known !== null && sender === new URL(known).host));
}

export const SHORT_BYTES = 16 * 1024;

/** Refuses a body that is long, or does not say how long it is: a form holds a few words. Throws TooLarge. */
export function requireShort(headers: Headers): void {
  const length = headers.get("content-length");
  if (length !== null && /^\d+$/.test(length) && Number(length) <= SHORT_BYTES && !headers.has("content-encoding"))
    return;
  throw new TooLarge(`Send at most ${SHORT_BYTES / 1024} KiB here, uncompressed, with a Content-Length.`);
}
