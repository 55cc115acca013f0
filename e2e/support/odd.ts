import type { Api, RunDocument } from "./api";
import { history, shaOf } from "./documents";

/** Names that broke other tools: without a space to break at, right to left, beyond the BMP, markup, separators. */
export const ODD_NAMES = [
  "x".repeat(200),
  "اختبار/سرعة الخوارزمية العربية الطويلة جدا",
  "🚀🧪👩‍🔬 bench",
  "<img src=x onerror=alert(1)>",
  "mod::bench[5 GB (parquet)-tasks] | `%` / ?",
];

const LONG = "w".repeat(150);
/** Values that have no ratio, no common unit, or hardly any digits. */
const level = (workload: number, place: number) =>
  (place < 15 ? [0, 1e-9, 1, 1e6, 10] : [5, 3e-9, 1.4, 1e6, 7])[workload] ?? 0;

const results = (place: number) => [
  ...ODD_NAMES.map((workload, at) => {
    const value = level(at, place) * (1 + (place % 3) * 0.002);
    const metrics = {
      duration: [value],
      peak_memory: { values: [place * 1e12], unit: "B" },
      [`${"metric_".repeat(14)}name`]: { values: [value - 1], unit: "ops/s", better: "higher" },
    };
    return { workload, params: { data: LONG, "🚀": at }, outcome: "passed", metrics };
  }),
  { workload: "skipped always", outcome: "skipped" },
  { workload: "never passed", outcome: "failed", error: `KilledWorker${"!".repeat(900)}` },
  ...(place === 29 ? [{ workload: "once", outcome: "passed", metrics: { duration: [0] } }] : []),
];

/** What the pages of the odd project are asked for. */
export type OddProject = { project: string; examples: Record<string, string>; queries: Record<string, string> };

/** A project whose names, values and texts are as odd as ingestion accepts them; with a shift and two releases. */
export async function createOddProject(api: Api): Promise<OddProject> {
  const project = await api.createProject({ name: `${"N".repeat(60)} 🚀 اختبار` });
  const runs = history(project, 30, results).map((run): RunDocument => {
    const commit = { ...(run.commit as object), author: "A".repeat(120), subject: `${"S".repeat(300)} <b>🚀</b>` };
    return { ...run, commit, environment: { name: `e${"n".repeat(120)}`, facts: { [LONG]: LONG } } };
  });
  const [head] = runs.slice(-1);
  const variants = ["a".repeat(80), "b"].map((variant) => ({
    ...head,
    run: { key: `${project}-${variant.slice(0, 5)}`, experiment: "E".repeat(80), variant },
  })) as RunDocument[];
  await api.postRuns(project, [...runs, ...variants]);
  const tags = ["v0", `release/${"9".repeat(90)}`];
  await api.post(`/projects/${project}/releases`, {
    releases: tags.map((tag, at) => ({ tag, sha: shaOf(`${project} ${at * 20 + 5}`) })),
  });
  const sides = `?baseline=commit:${shaOf(`${project} 3`)}&contender=commit:${shaOf(`${project} 27`)}`;
  return {
    project,
    examples: { project, workload: "1", number: "1", sha: shaOf(`${project} 29`), key: `${project}-29`, tag: "v0" },
    queries: {
      "/[project]/compare": sides,
      "/[project]/compare/[workload]": sides,
      "/[project]/compare/matrix": `?experiment=${"E".repeat(80)}`,
      "/[project]/workloads": "?detail=1",
    },
  };
}
