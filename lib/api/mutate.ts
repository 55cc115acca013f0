import type { Change } from "@/lib/model/triage";

/** What the API answers instead of data: application/problem+json. */
type Problem = {
  title?: string;
  detail?: string;
  faults?: { path: string; message: string }[];
  changes?: Change[];
};

/** A write that the server refused or could not do; the text is fit for people. */
export class WriteFailed extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** By field of what was sent: `{ password: "Must be ..." }`. */
    readonly faults: Record<string, string>,
    /** What others changed since it was seen: the server wrote nothing over it. */
    readonly changes: readonly Change[] = [],
  ) {
    super(message);
  }
}

type Write = { method?: "POST" | "PATCH" | "DELETE"; body?: object; token?: string };

/** The one way the browser writes: JSON there, JSON back. `token`: instead of the cookie. Throws WriteFailed. */
export async function mutate<Answer>(path: string, { method = "POST", body, token }: Write = {}): Promise<Answer> {
  const headers: Record<string, string> = { accept: "application/json", "content-type": "application/json" };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const sent = { method, headers, body: body && JSON.stringify(body) };
  const response = await fetch(path, sent).catch(() => {
    throw new WriteFailed("The server does not answer. Nothing is known to have changed; try again.", 0, {});
  });
  const answer: unknown = await response.json().catch(() => ({}));
  if (response.ok) return answer as Answer;
  const { title, detail, faults = [], changes } = answer as Problem;
  const message = detail ?? title ?? `The server answered ${response.status}.`;
  const byField = faults.map(({ path, message }) => [path.replace(/^\$\./, ""), message]);
  throw new WriteFailed(message, response.status, Object.fromEntries(byField), changes);
}
