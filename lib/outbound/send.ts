import { Agent, request } from "undici";
import { type Address, allowedAddresses, type Resolve } from "./address";

/** What came back: the status, and the beginning of the body. */
export type Answer = { status: number; body: string };

/** How a request may be sent; the defaults are those of the product, tests give their own names. */
export type Outbound = { method?: string; headers?: Record<string, string>; body?: string; resolve?: Resolve };

/** The target cannot be reached, or answered nothing in time. */
export class Unreachable extends Error {}

const TIMEOUT_MILLISECONDS = 10_000;
const ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Sends one request out of this server and gives the answer, whatever its status. The name is resolved once and the
 * connection goes to the very address that was checked, so that a name cannot change between check and use; redirects are
 * not followed: where they lead was not checked. Throws Invalid for an address that is not allowed, Unreachable.
 */
export async function send(url: string, { resolve, ...options }: Outbound): Promise<Answer> {
  const { hostname } = new URL(url);
  const [address] = await allowedAddresses(hostname, resolve);
  if (!address) throw new Unreachable(`${hostname} has no address.`);
  const agent = new Agent({ connect: { lookup: pinned(address), timeout: TIMEOUT_MILLISECONDS } });
  try {
    const { statusCode, body } = await request(url, {
      ...options,
      method: options.method ?? "POST",
      dispatcher: agent,
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    return { status: statusCode, body: await beginning(body) };
  } catch (error) {
    throw new Unreachable(`${hostname} could not be reached: ${(error as Error).message}`);
  } finally {
    await agent.destroy();
  }
}

/** A lookup that knows one answer. */
function pinned({ address, family }: Address) {
  return (
    _: string,
    options: { all?: boolean },
    done: (error: null, address: string | Address[], family?: number) => void,
  ): void => {
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
}

/** A target may answer without end: what is over is thrown away. */
async function beginning(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    if (size >= ANSWER_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, ANSWER_BYTES).toString("utf8");
}
