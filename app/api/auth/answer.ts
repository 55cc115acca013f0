import type { SignedIn } from "@/lib/commands/signIn";
import { answer } from "@/lib/http/route";

/** Who is signed in now; the session itself is in the cookie alone, which no script of a page can read. */
export function answerSignedIn({ account, cookies }: SignedIn, status = 200): Response {
  return answer(account, { status, headers: withCookies(cookies) });
}

/** Headers that set every one of these cookies. */
export function withCookies(cookies: string[]): Headers {
  const headers = new Headers();
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return headers;
}
