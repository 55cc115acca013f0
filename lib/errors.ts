import type { Change } from "./model/triage";

/**
 * The faults that Tidemark tells a client about: a closed family. The text names the thing, the fault and the way out.
 * Thrown where the fault is found; turned into HTTP at one place (lib/http). Anything else is a 500 without internals.
 */
export type Fault = {
  /** Where in the sent document, as a JSON path: `$.results[3].metrics.duration[0]`. */
  path: string;
  message: string;
  /** Index of the document in an array or NDJSON body. */
  document?: number;
};

export abstract class TidemarkError extends Error {
  /** HTTP status. */
  abstract readonly status: number;
  /** Stable word for programs. */
  abstract readonly code: string;
  readonly faults: Fault[] = [];
  override get name(): string {
    return this.constructor.name;
  }
}

/** The body cannot be read at all: no JSON, wrong encoding. */
export class Malformed extends TidemarkError {
  readonly status = 400;
  readonly code = "malformed";
}

/** No token or session, or a token that is unknown or revoked. */
export class Unauthorized extends TidemarkError {
  readonly status = 401;
  readonly code = "unauthorized";
}

/** A known caller without the scope that this needs, or a write that another site's page has sent. */
export class Forbidden extends TidemarkError {
  readonly status = 403;
  readonly code = "forbidden";
}

export class NotFound extends TidemarkError {
  readonly status = 404;
  readonly code = "not-found";
}

/** Exists already with other content, or was changed by somebody else meanwhile. */
export class Conflict extends TidemarkError {
  readonly status = 409;
  readonly code = "conflict";
  constructor(
    message: string,
    override readonly faults: Fault[] = [],
  ) {
    super(message);
  }
}

/** Somebody else changed it since: with what they changed, so that it can be looked at before it is tried again. */
export class ChangedMeanwhile extends Conflict {
  constructor(
    message: string,
    readonly changes: Change[],
    /** How many there are: not all of them have to be listed. */
    readonly changed: number,
  ) {
    super(message);
  }
}

export class TooLarge extends TidemarkError {
  readonly status = 413;
  readonly code = "too-large";
}

/** The body comes in a form that this server does not read. */
export class Unsupported extends TidemarkError {
  readonly status = 415;
  readonly code = "unsupported";
}

/** Readable, but not acceptable; every fault is listed with its path. */
export class Invalid extends TidemarkError {
  readonly status = 422;
  readonly code = "invalid";
  constructor(
    message: string,
    override readonly faults: Fault[] = [],
  ) {
    super(message);
  }
}

/** Tried too often; the same may be tried again after `retryAfterSeconds`. */
export class TooMany extends TidemarkError {
  readonly status = 429;
  readonly code = "too-many";
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}

/** The database is away or starting; the same request may be sent again. */
export class Unavailable extends TidemarkError {
  readonly status = 503;
  readonly code = "unavailable";
}
