/** How often and how patiently a request is repeated. Clock, chance and waiting come from outside. */
export type RetryPolicy = {
  /** Further attempts after the first. */
  retries: number;
  sleep: (milliseconds: number) => Promise<void>;
  /** In [0, 1). */
  random: () => number;
  /** Milliseconds since 1970. */
  now: () => number;
};

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** A server that asks for more patience than this counts as away: coming back earlier would disregard it. */
const LONGEST_RETRY_AFTER = 300_000;

/** Statuses after which the same request may be sent again: it was not judged, and runs are idempotent by key. */
const RETRYABLE = new Set([429, 502, 503, 504]);

/** May a request that was answered with this status be sent again? */
export function isRetryable(status: number): boolean {
  return RETRYABLE.has(status);
}

/**
 * Milliseconds before attempt `attempt` + 1 (`attempt` counts from 0): what the server asked for, otherwise doubling
 * from half a second up to 30 s, of which a random half is taken off so that a cluster's nodes do not come back at once.
 * null: the server asks for more than five minutes; give up.
 */
export function waitBefore(attempt: number, retryAfter: string | undefined, policy: RetryPolicy): number | null {
  const asked = parseRetryAfter(retryAfter, policy.now());
  if (asked !== null) return asked > LONGEST_RETRY_AFTER ? null : asked;
  const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
  return Math.round(longest * (1 - policy.random() / 2));
}

/** Milliseconds from a Retry-After header: whole seconds or an HTTP date. null where it is absent or unreadable. */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
