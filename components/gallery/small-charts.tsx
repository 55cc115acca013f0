"use client";
import { CaseHistogram } from "@/components/compare/case-histogram";
import { CaseQuantiles } from "@/components/compare/case-quantiles";
import type { CaseSides } from "@/components/compare/case-sides";
import { forestAxis } from "@/components/compare/forest";
import { ForestCell, ForestHead } from "@/components/compare/forest-cell";
import { Scatter } from "@/components/compare/scatter";
import { HeatKey } from "@/components/overview/heat-key";
import { RangeBullet } from "@/components/run/range-bullet";
import type { Tone } from "@/components/ui/glyph";
import { type HeatStep, HeatStrip } from "@/components/ui/heat-strip";
import { Sparkline } from "@/components/ui/sparkline";
import { sampleDomain } from "@/lib/chart/distribution";
import { quantileShifts, type Verdict } from "@/lib/compare";
import type { CompareCaseRun } from "@/lib/queries/compareCase";
import { Specimen } from "./specimen";
import { CHART_STATES, noise } from "./specimens";

const USUAL = { level: 10, lo: 9, hi: 11, noise: 0.05 };
const STEPS: (HeatStep | null)[] = [
  -3,
  -2,
  -1,
  0,
  1,
  2,
  3,
  null,
  0,
  0,
  2,
  2,
  2,
  2,
  -2,
  -2,
  0,
  0,
  0,
  null,
  null,
  1,
  1,
  0,
];

/** Everything that is drawn by hand and is no trend. */
export function SmallCharts() {
  return (
    <>
      {["A regression", "An improvement", "Gap for a failure", "Ten thousand commits", "One point"].map((title) => (
        <Specimen key={title} title={`Sparkline: ${title.toLowerCase()}`}>
          <OneSparkline title={title} />
        </Specimen>
      ))}
      <Specimen title="Heat strip" text="Worse fills a cell, better its lower half; empty: not measured.">
        <HeatStrip
          cells={STEPS.map((step) => ({ step }))}
          marks={[
            { at: 10, tone: "worse" },
            { at: 14, tone: "better" },
          ]}
          summary="A heat strip of the gallery"
          textOf={(index) => `Cell ${index}`}
          onPick={() => undefined}
        />
        <HeatKey />
      </Specimen>
      <Specimen title="Range bullet" text="Inside, at the edge, outside, far outside the usual range.">
        <span className="flex gap-4">
          {[10, 11, 12.5, 40, 2].map((value) => (
            <RangeBullet key={value} value={value} usual={USUAL} />
          ))}
        </span>
      </Specimen>
      <Specimen title="Forest rows" text="Every verdict, a value beyond the axis, and one without a ratio.">
        <Forest />
      </Specimen>
      <Specimen title="Histogram of both sides">
        <CaseHistogram sides={SIDES} domain={sampleDomain(ALL)} scale={{ unit: "s", factor: 1 }} />
      </Specimen>
      <Specimen title="Quantiles">
        <CaseQuantiles
          quantiles={quantileShifts(
            SIDES[0].runs.map(({ samples }) => samples),
            SIDES[1].runs.map(({ samples }) => samples),
          )}
          scale={{ unit: "s", factor: 1 }}
        />
      </Specimen>
      <Specimen title="Scatter of two metrics">
        <Scatter
          points={POINTS}
          across={{ label: "Duration", band: [-0.03, 0.03] }}
          up={{ label: "Peak memory", band: [-0.03, 0.03] }}
          quadrants={{
            topLeft: "faster, more memory",
            topRight: "worse in both",
            bottomLeft: "better in both",
            bottomRight: "slower, less memory",
          }}
        />
      </Specimen>
    </>
  );
}

function OneSparkline({ title }: { title: string }) {
  const series = CHART_STATES.find((state) => state.title === title)?.series;
  if (!series) return null;
  const levels = series.segments.map(({ first, last, level }, at) => ({
    from: first,
    to: series.segments[at + 1]?.first ?? last,
    level,
  }));
  const tones = series.segments.map((_, at): Tone | null =>
    at === 0 ? null : series.changepoints[at - 1]?.direction === "improvement" ? "better" : "worse",
  );
  const places = series.points.map(({ position, value }) => ({ x: position, y: value }));
  const gaps = (series.failures ?? []).map(({ position }) => ({ x: position, y: null }));
  return (
    <Sparkline data={{ points: [...places, ...gaps].sort((a, b) => a.x - b.x), segments: levels }} tones={tones} />
  );
}

type ForestSpecimen = Parameters<typeof ForestCell>[0]["row"];

const side = (value: number) => ({ value, runs: 5 });
const forestRow = (verdict: Verdict, change: number | null, half: number): ForestSpecimen => ({
  verdict,
  change,
  difference: change ?? 5,
  unit: "s",
  baseline: side(change === null ? 0 : 10),
  contender: side(change === null ? 5 : 10 * (1 + change)),
  interval: change === null ? null : [change - half, change + half],
  quiet: change === null ? null : [-0.03, 0.03],
});
const ROWS: ForestSpecimen[] = [
  forestRow("regression", 0.12, 0.03),
  forestRow("improvement", -0.09, 0.02),
  forestRow("rose", 0.06, 0.02),
  forestRow("fell", -0.05, 0.02),
  forestRow("unchanged", 0.004, 0.015),
  forestRow("inconclusive", 0.05, 0.11),
  forestRow("regression", 3.2, 0.4),
  forestRow("regression", null, 0),
];

function Forest() {
  const axis = forestAxis(ROWS.filter(({ change }) => change !== 3.2));
  return (
    <div className="px-7">
      <ForestHead axis={axis} />
      {ROWS.map((row) => (
        <ForestCell key={`${row.verdict} ${row.change}`} row={row} axis={axis} />
      ))}
    </div>
  );
}

/** Samples that repeat exactly, with a slow tail on the second side. */
const run = (key: number, level: number, tail: number): CompareCaseRun => {
  const samples = Array.from(
    { length: 24 },
    (_, at) => level * (1 + 0.03 * noise(at * 5 + key)) + (at % 8 === 0 ? tail : 0),
  );
  return {
    key: `run-${key}`,
    sha: "4bcc6b6d1a2f",
    startedAt: null,
    url: null,
    outcome: "passed",
    error: null,
    median: level,
    samples,
    counts: true,
    factor: null,
    slow: false,
    links: [],
  };
};
const SIDES: CaseSides = [
  { which: "baseline", label: "2023.4.0", value: 10, runs: [0, 1, 2].map((key) => run(key, 10 + key * 0.1, 0)) },
  {
    which: "contender",
    label: "2023.5.0",
    value: 10.6,
    runs: [3, 4, 5].map((key) => run(key, 10.5 + key * 0.05, 1.5)),
  },
];
const ALL = SIDES.flatMap(({ runs }) => runs.flatMap(({ samples }) => samples));

const POINTS = [
  { label: "map_futures", x: 0.12, y: 0.08, tone: "worse" as const },
  { label: "rechunk", x: -0.1, y: -0.05, tone: "better" as const },
  { label: "matmul", x: 0.07, y: -0.09, tone: "mixed" as const },
  { label: "basic_sum", x: 0.004, y: 0.006, tone: "same" as const },
  { label: "shuffle", x: -0.04, y: 0.06, tone: "unsure" as const },
].map((one) => ({
  ...one,
  xInterval: [one.x - 0.02, one.x + 0.02] as const,
  yInterval: [one.y - 0.02, one.y + 0.02] as const,
  text: `${one.label} in the gallery`,
  href: `#${one.label}`,
}));
