import { Agent, request } from "undici";
import { type Address, addressesOf, type Resolve, requireAllowed } from "./address";

/** What came back: the status, and the beginning of the body. */
export type Answer = { status: number; body: string };

/** How a request may be sent; the defaults are those of the product, tests give their own names. */
export type Outbound = {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  resolve?: Resolve;
  /** Milliseconds that the whole of it may take. */
  timeout?: number;
};

/** The target cannot be reached, or answered nothing in time. */
export class Unreachable extends Error {}

const TIMEOUT_MILLISECONDS = 10_000;
const ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Sends one request out of this server and gives the answer, whatever its status. The name is resolved once and the
 * connection goes to one of the very addresses that were checked, so that a name cannot change between check and use;
 * redirects are not followed: where they lead was not checked. An answer that does not end counts by its status, with as
 * much of its body as came in time. Throws Invalid for an address that is not allowed, Unreachable.
 */
export async function send(
  url: string,
  { resolve, timeout = TIMEOUT_MILLISECONDS, ...options }: Outbound,
): Promise<Answer> {
  const { hostname } = new URL(url);
  const addresses = await addressesOf(hostname, resolve);
  if (addresses.length === 0) throw new Unreachable(`${hostname} cannot be resolved.`);
  requireAllowed(hostname, addresses);
  const agent = new Agent({ connect: { lookup: pinned(addresses), timeout } });
  try {
    const { statusCode, body } = await request(url, {
      ...options,
      method: options.method ?? "POST",
      dispatcher: agent,
      signal: AbortSignal.timeout(timeout),
    });
    return { status: statusCode, body: await beginning(body) };
  } catch (error) {
    throw new Unreachable(`${hostname} could not be reached: ${reasonOf(error as Error & { code?: string })}`);
  } finally {
    await agent.destroy();
  }
}

/** Where several addresses were tried, the error has a code only. */
function reasonOf({ name, message, code }: Error & { code?: string }): string {
  return name === "TimeoutError" ? "no answer in time" : message || code || name;
}

/** A lookup that knows what was checked, and nothing else. */
function pinned(addresses: readonly Address[]) {
  return (
    _: string,
    options: { all?: boolean },
    done: (error: null, address: string | Address[], family?: number) => void,
  ): void => {
    const [first] = addresses;
    if (options.all || !first) done(null, [...addresses]);
    else done(null, first.address, first.family);
  };
}

/** The body as far as it comes: a target may answer without end, and what is over is thrown away. */
async function beginning(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of body) {
      parts.push(part);
      size += part.length;
      if (size >= ANSWER_BYTES) break;
    }
  } catch {
    // It was cut off: its status has come, and that is what counts.
  }
  return Buffer.concat(parts).subarray(0, ANSWER_BYTES).toString("utf8");
}
