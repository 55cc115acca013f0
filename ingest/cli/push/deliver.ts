import type { Fault } from "@/lib/errors";
import { Refused, ServerFailed } from "../exit";
import { isRecord } from "../http/problem";
import type { Outgoing } from "./complete";

type Of = { key: string | null; place: string };

/** What became of one document. */
export type Outcome =
  | (Of & { kind: "stored"; results: number | null; samples: number | null })
  | (Of & { kind: "unchanged" })
  | (Of & { kind: "refused"; status: number; message: string; faults: readonly Fault[] })
  /** On disk, for the next push. */
  | (Of & { kind: "kept"; file: string })
  /** Neither sent nor kept. */
  | (Of & { kind: "unsent"; message: string });

export type DeliveryOptions = {
  /** Posts JSON text, resolves to the server's answer. Throws Refused or ServerFailed. */
  post: (body: string) => Promise<unknown>;
  /** Absent: what cannot be sent is only told as unsent. */
  keep?: Keep;
};

/** Keeps documents that could not be sent on disk, and names the file. */
type Keep = (batch: readonly Outgoing[]) => Promise<string>;

/** Sends batches until the server turns out to be away; from then on only keeps. */
export type Delivery = {
  send: (batch: readonly Outgoing[]) => Promise<Outcome[]>;
  /** Sends what is on disk already, so that it is not kept a second time. */
  resend: (batch: readonly Outgoing[]) => Promise<Outcome[]>;
  /** Why nothing more is sent: no server, or a fault of token, project or address. */
  stopped: () => Refused | ServerFailed | null;
};

/**
 * A delivery of documents in batches. A body is all or nothing on the server, so when one document of a batch is
 * refused, the batch goes again without it: one bad document never costs the good ones.
 */
export function createDelivery({ post, keep }: DeliveryOptions): Delivery {
  let stopped: Refused | ServerFailed | null = null;

  async function send(batch: readonly Outgoing[], keep: Keep | undefined): Promise<Outcome[]> {
    if (batch.length === 0) return [];
    if (stopped) return putAway(batch, stopped, keep);
    try {
      return readAnswer(await post(toBody(batch)), batch);
    } catch (error) {
      if (error instanceof Refused && error.isAboutContent) return sendWithoutRefused(batch, error, keep);
      if (!(error instanceof Refused || error instanceof ServerFailed)) throw error;
      if (error instanceof Refused || error.isAway) stopped = error;
      return putAway(batch, error, keep);
    }
  }

  async function sendWithoutRefused(batch: readonly Outgoing[], error: Refused, keep: Keep | undefined) {
    const only = batch[0];
    if (batch.length === 1 && only) return [toRefused(only, error, error.faults)];
    const named = new Set(error.faults.flatMap((fault) => fault.document ?? []).filter((index) => batch[index]));
    // Where the refusal names no document, halving finds it.
    if (named.size === 0) {
      const middle = Math.ceil(batch.length / 2);
      return [...(await send(batch.slice(0, middle), keep)), ...(await send(batch.slice(middle), keep))];
    }
    const refused = batch.flatMap((one, at) => (named.has(at) ? toRefused(one, error, faultsOf(error, at)) : []));
    const others = batch.filter((_, at) => !named.has(at));
    return [...refused, ...(await send(others, keep))];
  }

  return {
    send: (batch) => send(batch, keep),
    resend: (batch) => send(batch, undefined),
    stopped: () => stopped,
  };
}

function toBody(batch: readonly Outgoing[]): string {
  const texts = batch.map(({ text }) => text);
  return texts.length === 1 ? (texts[0] as string) : `[${texts.join(",")}]`;
}

function faultsOf(error: Refused, index: number): Fault[] {
  return error.faults.filter((fault) => fault.document === index);
}

function toRefused({ key, place }: Outgoing, error: Refused, faults: readonly Fault[]): Outcome {
  // The server's sentence speaks of the whole body; where the faults of this document are known, they say more.
  const message = faults.length > 0 ? `HTTP ${error.status}` : error.message;
  return { kind: "refused", key, place, status: error.status, message, faults };
}

async function putAway(batch: readonly Outgoing[], reason: Error, keep: DeliveryOptions["keep"]): Promise<Outcome[]> {
  const unsent = (message: string) => batch.map(({ key, place }): Outcome => ({ kind: "unsent", key, place, message }));
  if (!keep) return unsent(reason.message);
  try {
    const file = await keep(batch);
    return batch.map(({ key, place }): Outcome => ({ kind: "kept", key, place, file }));
  } catch (error) {
    if (error instanceof ServerFailed) return unsent(error.message);
    throw error;
  }
}

/** Which documents are new and which were known. Throws ServerFailed when the answer leaves one of them out. */
function readAnswer(answer: unknown, batch: readonly Outgoing[]): Outcome[] {
  const stored = readStored(answer);
  const unchanged = readKeys(answer, "unchanged");
  return batch.map(({ key, place }): Outcome => {
    const counts = key === null ? undefined : stored.get(key);
    if (key !== null && counts) {
      stored.delete(key);
      unchanged.add(key);
      return { kind: "stored", key, place, ...counts };
    }
    if (key !== null && unchanged.has(key)) return { kind: "unchanged", key, place };
    throw new ServerFailed(
      `The server's answer does not name run ${key ?? "(no key)"}: it cannot be told if it is stored.`,
    );
  });
}

type Counts = { results: number | null; samples: number | null };

function readStored(answer: unknown): Map<string, Counts> {
  const list = isRecord(answer) && Array.isArray(answer.stored) ? answer.stored.filter(isRecord) : [];
  return new Map(
    list.flatMap(({ key, results, samples }): [string, Counts][] =>
      typeof key === "string" ? [[key, { results: toCount(results), samples: toCount(samples) }]] : [],
    ),
  );
}

function readKeys(answer: unknown, field: string): Set<string> {
  const list = isRecord(answer) && Array.isArray(answer[field]) ? answer[field] : [];
  const keys = list.map((item: unknown) => (isRecord(item) ? item.key : item));
  return new Set(keys.filter((key) => typeof key === "string"));
}

function toCount(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
