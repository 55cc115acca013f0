import { config } from "@/lib/config";

export const COOKIE_PREFIX = "tidemark";

/** Do these headers bring a session's cookie at all? Without one nobody needs to ask the database. */
export const hasSessionCookie = (headers: Headers): boolean =>
  headers.get("cookie")?.includes(`${COOKIE_PREFIX}.session_token=`) ?? false;

/** Does the browser reach us through https? Then its cookie must not travel without. */
export function isSecure(headers: Headers): boolean {
  const known = config.publicUrl();
  if (known) return known.startsWith("https:");
  return headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}
