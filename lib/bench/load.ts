import { Pool } from "undici";
import type { Prepared } from "./documents";

/** What the server said to one document; null: the connection broke before an answer came. */
export type Reply = { key: string; status: number | null };

export type Target = { url: string; path: string; token?: string };

/**
 * Sends documents by `clients` at once, in order; each client takes the next one when its own is answered. `replied` is
 * called for each answer and may end the load by giving false.
 */
export async function load(
  target: Target,
  documents: Prepared[],
  clients: number,
  replied: (reply: Reply) => boolean = () => true,
): Promise<Reply[]> {
  const pool = new Pool(target.url, { connections: clients, bodyTimeout: 0, headersTimeout: 0 });
  const headers = {
    "content-type": "application/json",
    ...(target.token ? { authorization: `Bearer ${target.token}` } : {}),
  };
  const replies: Reply[] = [];
  let next = 0;
  let goesOn = true;
  const client = async () => {
    for (let one = documents[next++]; one && goesOn; one = documents[next++]) {
      const reply = { key: one.key, status: await send(pool, target.path, one.body, headers) };
      replies.push(reply);
      if (!replied(reply)) goesOn = false;
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, client));
  } finally {
    await pool.destroy();
  }
  return replies;
}

async function send(pool: Pool, path: string, body: Buffer, headers: Record<string, string>): Promise<number | null> {
  try {
    const answer = await pool.request({ method: "POST", path, body, headers });
    await answer.body.dump();
    return answer.statusCode;
  } catch {
    return null;
  }
}

/** How many replies there were of each status. */
export function tally(replies: Reply[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of replies) counts[status ?? "broken"] = (counts[status ?? "broken"] ?? 0) + 1;
  return counts;
}
