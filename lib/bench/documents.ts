import { createHash } from "node:crypto";
import { seeded } from "@/lib/stats/random";

/** One document of a load: its key and its text. */
export type Prepared = { key: string; body: Buffer };

const METRICS = ["duration", "average_memory", "peak_memory"];
const RESULTS = 100;
const SAMPLES = 3;

export const SHAPE = {
  results: RESULTS,
  points: RESULTS * METRICS.length,
  samples: RESULTS * METRICS.length * SAMPLES,
};

const shaOf = (text: string): string => createHash("sha1").update(text).digest("hex");
const at = (place: number): string => new Date(Date.UTC(2026, 0, 1, place)).toISOString();

/**
 * The nightly results of `count` commits in a row: 100 workloads, 3 metrics, 3 samples each. The same for the same
 * name; the values wander by a few per cent, as measured ones do.
 */
export function makeDocuments(name: string, count: number, results = RESULTS): Prepared[] {
  const random = seeded(7);
  return Array.from({ length: count }, (_, place) => {
    const key = `${name}-${place}`;
    const document = {
      run: { key, startedAt: at(place), finishedAt: at(place), url: `https://ci.example/${name}/${place}` },
      commit: {
        sha: shaOf(key),
        committedAt: at(place),
        branch: "main",
        parents: place === 0 ? [] : [shaOf(`${name}-${place - 1}`)],
        author: "Ada",
        subject: `Commit ${place}`,
      },
      environment: { name: "10x-m6i.large", facts: { instance: "m6i.large", workers: 10 } },
      components: { dask: shaOf("dask").slice(0, 12), pandas: "2.2.3", python: "3.12.1" },
      results: Array.from({ length: results }, (_, workload) => resultOf(workload, random)),
    };
    return { key, body: Buffer.from(JSON.stringify(document)) };
  });
}

function resultOf(workload: number, random: () => number) {
  const values = (level: number) => Array.from({ length: SAMPLES }, () => level * (1 + 0.03 * (random() - 0.5)));
  const metrics = METRICS.map((metric, index) => [metric, values(index === 0 ? 10 + workload : 1e9 + workload * 1e7)]);
  return {
    workload: `array/workload_${workload}`,
    params: { size: workload % 7, data: "compressible" },
    outcome: "passed",
    metrics: Object.fromEntries(metrics),
    links: { cluster: `https://cluster.example/${workload}` },
  };
}
