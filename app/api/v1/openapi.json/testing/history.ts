import { createHash } from "node:crypto";
import type { Json } from "@/lib/model/words";
import { HEAD } from "@/lib/openapi/endpoints/sending";

const COMMITS = 40;
/** Place at which array/anom_mean takes a fifth longer. */
const STEP = 20;

const shaOf = (place: number) => createHash("sha1").update(`example ${place}`).digest("hex");

/** The same small scatter every time, within 1 %. */
const scatter = (seed: number) => 1 + (((seed * 7919) % 21) - 10) / 1000;

const parentOf = (place: number) => (place === 0 ? HEAD : shaOf(place - 1));

/** What is sent after the examples, so that there is something to analyse: a run at each of 40 commits on top. */
export function historyDocuments(): Json[] {
  return Array.from({ length: COMMITS }, (_, place) => documentAt(place)).concat([
    experimentRun("baseline", 1),
    experimentRun("stealing", 2),
  ]);
}

/** Two more releases: one before the step, one after. */
export const historyReleases: Json = {
  releases: [
    { tag: "2022.7.0", sha: shaOf(STEP - 4), releasedAt: "2022-06-23T12:00:00Z" },
    { tag: "2022.7.1", sha: shaOf(COMMITS - 2), releasedAt: "2022-07-15T12:00:00Z" },
  ],
};

function documentAt(place: number): Json {
  const at = new Date(Date.UTC(2022, 5, 7 + place)).toISOString();
  const level = place < STEP ? 62 : 74.4;
  return {
    run: { key: `nightly-${place}`, startedAt: at },
    commit: {
      sha: shaOf(place),
      committedAt: at,
      branch: "main",
      parents: [parentOf(place)],
      subject: `Change ${place}`,
    },
    environment: { name: "10x-m6i.large", facts: { instance: "m6i.large", workers: 10 } },
    components: { numpy: place < 30 ? "1.22.4" : "1.23.0", dask: shaOf(place).slice(0, 7) },
    results: [
      {
        workload: "array/anom_mean",
        params: { data: "compressible" },
        outcome: "passed",
        metrics: {
          duration: [level * scatter(place), level * scatter(place + 5), level * scatter(place + 11)],
          peak_memory: { values: [1.2 * scatter(place + 3)], unit: "GB" },
        },
      },
      { workload: "array/vorticity", outcome: "passed", metrics: { duration: [31 * scatter(place + 8)] } },
    ],
  };
}

function experimentRun(variant: string, seed: number): Json {
  return {
    run: { key: `experiment-${variant}`, startedAt: "2022-07-18T10:00:00Z", experiment: "scheduling", variant },
    commit: { sha: shaOf(COMMITS - 1) },
    environment: { name: "10x-m6i.large", facts: { instance: "m6i.large", workers: 10 } },
    results: [{ workload: "array/vorticity", outcome: "passed", metrics: { duration: [31 * scatter(seed)] } }],
  };
}
