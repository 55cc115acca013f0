import type { Outgoing } from "./complete";

/** Characters of JSON in one body, before gzip; a single larger document goes alone. */
const LARGEST_BODY = 4_000_000;
/** More in one transaction gains nothing, and a refusal would repeat more. */
const MOST_DOCUMENTS = 200;

/** Collects documents into bodies. */
export type Batcher = {
  /** The batch that is full before `document` comes in; empty while there is room. */
  add: (document: Outgoing) => Outgoing[];
  /** What is left. */
  rest: () => Outgoing[];
};

/** A collector of batches of at most LARGEST_BODY characters and MOST_DOCUMENTS documents, in order. */
export function createBatcher(): Batcher {
  let batch: Outgoing[] = [];
  let size = 0;
  const take = () => {
    const full = batch;
    batch = [];
    size = 0;
    return full;
  };
  return {
    add: (document) => {
      const isFull = batch.length >= MOST_DOCUMENTS || (size > 0 && size + document.text.length > LARGEST_BODY);
      const full = isFull ? take() : [];
      batch.push(document);
      size += document.text.length;
      return full;
    },
    rest: take,
  };
}

/** `documents` in batches, in order; no batch is empty. */
export function inBatches(documents: readonly Outgoing[]): Outgoing[][] {
  const batcher = createBatcher();
  const batches = documents.map((document) => batcher.add(document));
  return [...batches, batcher.rest()].filter((batch) => batch.length > 0);
}
