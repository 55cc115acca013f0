import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument, type Sent } from "@/ingest/store/testing/documents";
import { analyse } from "@/lib/analysis";
import { db, row } from "@/lib/db/sql";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { type CompareAsked, type CompareRow, readComparison } from "../compare";

export const ASKED = { environment: null, metric: null, workload: null, sort: "effect" } as const;
export const compare = (slug: string, baseline: string | null, contender: string, asked: Partial<CompareAsked> = {}) =>
  readComparison(ANONYMOUS, slug, { ...ASKED, baseline, contender, ...asked });

/** Fixed noise, so that no test depends on chance: about `spread` around 1. */
export const noise = (k: number, spread = 0.01) => 1 + spread * Math.sin(12.9898 * (k + 1) + 4.1 * Math.cos(7.3 * k));

/** Results of one run: `count` workloads at a level each, moved by `factor`. */
export function results(count: number, seed: number, factor = 1): Json[] {
  return Array.from({ length: count }, (_, w) =>
    result(`w${w + 1}`, { duration: [0, 1, 2].map((s) => (10 + w) * factor * noise(seed * 97 + w * 13 + s)) }),
  );
}

/** Runs of one variant, by turns with those of the other in time. */
export function variant(name: string, runs: number, resultsOf: (run: number) => Json[], at = "c0"): Sent[] {
  const offset = name === "a" ? 0 : 1;
  return Array.from({ length: runs }, (_, run) =>
    runDocument(at, {
      key: `${at}-${name}-${run}`,
      started: day(2 * run + offset),
      run: { experiment: "try", variant: name },
      results: resultsOf(run),
    }),
  );
}

export const A = "experiment:try/a";
export const B = "experiment:try/b";

export async function experiment(a: (run: number) => Json[], b: (run: number) => Json[], runs = 5): Promise<string> {
  const slug = await newProject();
  await storeRuns(SYSTEM, slug, [...variant("a", runs, a), ...variant("b", runs, b)]);
  return slug;
}

/** A history of commits c0, c1 ... with one or more runs each, analysed. */
export async function history(length: number, resultsOf: (place: number) => Json[], runs = 1): Promise<string> {
  const slug = await newProject();
  const documents = Array.from({ length }, (_, place) =>
    Array.from({ length: runs }, (_, run) =>
      runDocument(`c${place}`, {
        key: `k-${place}-${run}`,
        parents: place === 0 ? [] : [`c${place - 1}`],
        at: day(place),
        results: resultsOf(place * runs + run),
      }),
    ),
  ).flat();
  await storeRuns(SYSTEM, slug, documents);
  const project = await row<{ id: number }>(db(), "SELECT id FROM projects WHERE slug = $1", [slug]);
  await analyse(project?.id ?? 0);
  return slug;
}

export const verdicts = (all: readonly CompareRow[]) =>
  Object.fromEntries(all.map((one) => [one.workload, one.verdict]));
