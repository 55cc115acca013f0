import { Unavailable } from "@/lib/errors";

const gone = () => new Unavailable("The client went away before it was its turn. Nothing was stored.");

type Waiting = { admit(): void };

/** Lets in so many at once; who comes later waits in turn, up to a bound. */
export class Gate {
  #inside = 0;
  readonly #waiting: Waiting[] = [];

  constructor(
    /** How many may be inside; asked each time, so that a setting may change. */
    private readonly places: () => number,
    private readonly mostWaiting: number,
  ) {}

  /**
   * Resolves with the way out, to be called once, as soon as there is a place. Throws Unavailable when too many wait
   * already, or when `signal` says that the client has gone.
   */
  async enter(signal?: AbortSignal): Promise<() => void> {
    if (signal?.aborted) throw gone();
    if (this.#inside >= this.places() || this.#waiting.length > 0) await this.#turn(signal);
    else this.#inside++;
    let isOut = false;
    return () => {
      if (isOut) return;
      isOut = true;
      this.#leave();
    };
  }

  #turn(signal?: AbortSignal): Promise<void> {
    if (this.#waiting.length >= this.mostWaiting)
      throw new Unavailable("Too many bodies wait to be stored. Nothing of this one was; send it again later.");
    return new Promise((resolve, reject) => {
      const mine: Waiting = {
        admit: () => {
          signal?.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(mine), 1);
        reject(gone());
      };
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(mine);
    });
  }

  /** The place goes to who waits longest: nobody who comes now can take it first. */
  #leave(): void {
    const next = this.#inside > this.places() ? undefined : this.#waiting.shift();
    if (next) next.admit();
    else this.#inside--;
  }
}
