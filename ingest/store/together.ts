/** One body that waits to be stored: `size` is what it weighs, in results. */
type Waiting<Body, Result> = {
  body: Body;
  size: number;
  resolve(result: Result): void;
  reject(thrown: unknown): void;
};

/** Results of a transaction that holds several bodies; a larger body goes by itself. */
const MOST_RESULTS = 400;

/**
 * Transactions of one queue at once: while the database stores one, the next is put together. More would be smaller,
 * and wait for each other (docs/benchmarks.md).
 */
const AT_ONCE = 2;

/**
 * Bodies that arrive while others are being stored go together into the next transaction: what a transaction costs
 * beside its rows (statements, locks, the flush to disk) is then paid once for all of them, and they do not wait for
 * each other's locks. A body is still stored whole or not at all, and answered after the commit: one that is refused
 * makes each of its companions go alone.
 */
export class Together<Body, Result> {
  readonly #queues = new Map<string, { waiting: Waiting<Body, Result>[]; running: number }>();

  /** `store` gives one result per body, in their order, or throws and has stored none; `atOnce` transactions run together. */
  constructor(
    private readonly store: (bodies: Body[]) => Promise<Result[]>,
    private readonly atOnce = AT_ONCE,
  ) {}

  /** Stores a body among those of the same `key`. Throws what storing this body alone throws. */
  add(key: string, body: Body, size: number): Promise<Result> {
    if (size > MOST_RESULTS) return this.#alone(body);
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(key) ?? { waiting: [], running: 0 };
      this.#queues.set(key, queue);
      queue.waiting.push({ body, size, resolve, reject });
      this.#run(key);
    });
  }

  async #run(key: string): Promise<void> {
    const queue = this.#queues.get(key);
    if (!queue || queue.running >= this.atOnce) return;
    if (!queue.waiting.length) {
      if (!queue.running) this.#queues.delete(key);
      return;
    }
    const batch = take(queue.waiting);
    queue.running++;
    await this.#settle(batch);
    queue.running--;
    this.#run(key);
  }

  /** Never throws: each body has its own answer. */
  async #settle(batch: Waiting<Body, Result>[]): Promise<void> {
    try {
      const results = await this.store(batch.map(({ body }) => body));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (thrown) {
      if (batch.length === 1) return batch[0]?.reject(thrown);
      await Promise.all(batch.map(({ body, resolve, reject }) => this.#alone(body).then(resolve, reject)));
    }
  }

  async #alone(body: Body): Promise<Result> {
    return (await this.store([body]))[0] as Result;
  }
}

/** The bodies at the front that fit into one transaction, at least one. */
function take<Body, Result>(waiting: Waiting<Body, Result>[]): Waiting<Body, Result>[] {
  let size = 0;
  const beyond = waiting.findIndex((one, index) => {
    size += one.size;
    return index > 0 && size > MOST_RESULTS;
  });
  return waiting.splice(0, beyond < 0 ? waiting.length : beyond);
}
