import type { Message } from "../message";

/** What a channel needs of a route. */
export type Target<T> = {
  target: T;
  /** Signing key or token; null: none. */
  secret: string | null;
  /** What the channel had answered for the same shift before, such as the issue it made; null: nothing. */
  reference: string | null;
};

/** How a delivery went. */
export type Outcome = {
  /** HTTP status, where there is one. */
  status: number | null;
  /** Kept for later messages of the same shift. */
  reference: string | null;
  /** What did not work beside the message; null: all did. */
  note: string | null;
};

/** A way out of the server. One message is told by itself, several as a digest. */
export type ChannelSender<T> = (messages: readonly Message[], to: Target<T>) => Promise<Outcome>;

/** The target said no. */
export class Refused extends Error {
  constructor(
    readonly status: number | null,
    message: string,
    /** The same may be accepted later. */
    readonly canRetry: boolean,
  ) {
    super(message);
  }
}

/**
 * Takes 2xx for an answer; what may pass (408, 425, 429, 5xx) can be tried again, the rest not. Redirects are not
 * followed, so they are a refusal.
 */
export function requireAccepted({ status, body }: { status: number; body: string }, who: string): void {
  if (status >= 200 && status < 300) return;
  const said = status < 400 ? "redirects are not followed" : body.slice(0, 200).trim();
  const canRetry = status >= 500 || [408, 425, 429].includes(status);
  throw new Refused(status, `${who} answered ${status}${said === "" ? "" : `: ${said}`}`, canRetry);
}
