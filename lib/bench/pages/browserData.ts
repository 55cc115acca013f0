import { createHash } from "node:crypto";
import type pg from "pg";
import { seeded } from "@/lib/stats/random";
import { call, createProject, untilAnalysed } from "../api";
import type { App } from "../app";

/** A small project for single charts: what ingestion and analysis make of 600 runs. */
export const CHARTS = { slug: "charts", four: "four", one: "one", points: 600, bare: 300 } as const;

const METRICS = ["duration", "average_memory", "peak_memory", "spilled"] as const;
const SAMPLES = 3;
/** Commits between two steps, and how many documents are sent at once. */
const STEP = 150;
const SENT = 100;
const ANALYSED_WITHIN = 120;

/** Makes the project: workload `four` with four metrics at 600 commits, workload `one` with one metric at the last 300. */
export async function fillCharts(app: App): Promise<void> {
  const { slug, points } = CHARTS;
  await createProject(app, slug);
  const random = seeded(11);
  const documents = Array.from({ length: points }, (_, place) => documentOf(place, random));
  for (let from = 0; from < points; from += SENT)
    await call(app, `/projects/${slug}/runs`, documents.slice(from, from + SENT));
  await untilAnalysed(app, slug, ANALYSED_WITHIN);
}

const shaOf = (place: number): string => createHash("sha1").update(`chart ${place}`).digest("hex");

function documentOf(place: number, random: () => number) {
  const at = new Date(Date.UTC(2024, 0, 1, 12 * place)).toISOString();
  const level = 1 + 0.15 * (Math.floor(place / STEP) % 2);
  const values = (base: number) => Array.from({ length: SAMPLES }, () => base * level * (1 + 0.04 * (random() - 0.5)));
  const { four, one, points, bare } = CHARTS;
  const metrics = METRICS.map((metric, i) => [metric, values(i === 0 ? 12 : i * 3e8)]);
  const results = [{ workload: four, outcome: "passed", metrics: Object.fromEntries(metrics) }];
  return {
    run: { key: `chart-${place}`, startedAt: at, finishedAt: at },
    commit: {
      sha: shaOf(place),
      committedAt: at,
      branch: "main",
      parents: place === 0 ? [] : [shaOf(place - 1)],
      author: "Ada",
      subject: `Change ${place}`,
    },
    environment: { name: "10x-m6i.large", facts: { instance: "m6i.large" } },
    results:
      place < points - bare
        ? results
        : [...results, { workload: one, outcome: "passed", metrics: { duration: values(9) } }],
  };
}

/** The numbers of its workloads, as their addresses have them. */
export async function chartNumbers(raw: pg.Pool): Promise<{ four: number; one: number }> {
  const { four, one, slug } = CHARTS;
  const found = await raw.query<{ name: string; number: string }>(
    "SELECT w.name, w.number FROM workloads w JOIN projects p ON p.id = w.project_id WHERE p.slug = $1",
    [slug],
  );
  const numberOf = (name: string) => Number(found.rows.find((row) => row.name === name)?.number);
  return { four: numberOf(four), one: numberOf(one) };
}
