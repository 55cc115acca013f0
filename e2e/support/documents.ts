import { createHash } from "node:crypto";
import type { RunDocument } from "./api";

type Result = Record<string, unknown>;

/** A sha that is the same for the same word in every run of the tests. */
export function shaOf(word: string): string {
  return createHash("sha1").update(word).digest("hex");
}

/**
 * A straight history: one run per commit, each commit the child of the one before, a day apart. `resultsAt` says what
 * the run at a place measured.
 */
export function history(name: string, length: number, resultsAt: (place: number) => Result[]): RunDocument[] {
  return Array.from({ length }, (_, place) => {
    const at = new Date(Date.UTC(2026, 0, 1 + place)).toISOString();
    return {
      run: { key: `${name}-${place}`, startedAt: at },
      commit: {
        sha: shaOf(`${name} ${place}`),
        committedAt: at,
        branch: "main",
        parents: place === 0 ? [] : [shaOf(`${name} ${place - 1}`)],
        author: "Ada",
        subject: `Commit ${place}`,
      },
      environment: { name: "10x-m6i.large", facts: { instance: "m6i.large" } },
      results: resultsAt(place),
    };
  });
}

/** A result that passed; durations in seconds. */
export function passed(workload: string, duration: number[], rest: Result = {}): Result {
  return { workload, outcome: "passed", metrics: { duration }, ...rest };
}
