"use client";
import { useEffect, useRef, useState } from "react";
import { Section } from "@/components/frame/page-head";
import { Button } from "@/components/ui/button";
import { Delta } from "@/components/ui/delta";
import { type MenuItem, Select } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { mutate } from "@/lib/api/mutate";
import { metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import { formatDate, shortSha } from "@/lib/format/time";
import { type Scale, scaleFor } from "@/lib/format/unit";
import { toneOf, wayOf } from "@/lib/format/verdict";
import type { DetectorFinding, DetectorRead } from "@/lib/queries/detector";
import type { WorkloadRead } from "@/lib/queries/workload";
import { apiUrl } from "@/lib/urls/api";
import {
  changeText,
  correlationText,
  driftText,
  noiseText,
  rejectedText,
  sizeText,
  visibleText,
} from "./detector-words";
import type { SelectionHandle } from "./selection";
import { useDetectors, useReanalysis } from "./use-detectors";

type Props = {
  head: WorkloadRead;
  handle: SelectionHandle;
  /** Names of the metrics whose charts are shown. */
  metrics: readonly string[];
};

/** How the detector sees each line shown, and what it would say at another sensitivity. Read when it comes into sight. */
export function Detector({ head, handle, metrics }: Props) {
  const { sensitivity } = handle.selection;
  const [ref, isSeen] = useSeen();
  const answers = useDetectors(head, metrics, { sensitivity, enabled: isSeen || sensitivity !== null });
  const reads = answers.flatMap(({ data }) => data ?? []);
  const fault = answers.find(({ error }) => error !== null)?.error ?? null;
  return (
    <div ref={ref}>
      <Section title="Detector" note="how it sees each line">
        <Sensitivity head={head} handle={handle} metrics={metrics} reads={reads} />
        {fault && (
          <p role="alert" className="mb-3 text-warn">
            The detector could not be asked: {fault.message}
          </p>
        )}
        {reads.length > 0 ? <Lines reads={reads} /> : <Skeleton className="h-28 w-full" />}
        <p className="mt-3 max-w-[92ch] text-label text-pretty text-ink-3">
          Noise is the sd of a point around its level, over the whole line; autocorrelation that of a point with the one
          before. “Next runs show” is the smallest change that so many further points would show with a chance of 80 %.
        </p>
      </Section>
    </div>
  );
}

/** True from the moment on at which the element was in sight. */
function useSeen() {
  const ref = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element || isSeen) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: "200px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [isSeen]);
  return [ref, isSeen] as const;
}

const LEAST = 0.5;
const MOST = 2;

function Sensitivity({ head, handle, metrics, reads }: Props & { reads: readonly DetectorRead[] }) {
  const { sensitivity } = handle.selection;
  const holds = reads[0]?.saved.value ?? 1;
  const [moved, setMoved] = useState<number | null>(null);
  const shown = moved ?? sensitivity ?? holds;
  const settle = () => {
    if (moved !== null) handle.note({ sensitivity: moved === holds ? null : moved });
    setMoved(null);
  };
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
      <label className="flex items-center gap-2">
        <span className="text-ink-2">Sensitivity</span>
        <input
          type="range"
          min={LEAST}
          max={MOST}
          step={0.05}
          value={shown}
          onChange={(event) => setMoved(Number(event.target.value))}
          onPointerUp={settle}
          onKeyUp={settle}
          onBlur={settle}
          aria-valuetext={`${shown.toFixed(2)}${shown === holds ? ", as it holds" : ""}`}
          className="w-44 accent-accent"
        />
        <output className="w-9 font-medium">{shown.toFixed(2)}</output>
      </label>
      <p role="status" className="text-ink-2">
        {sensitivity === null
          ? saidText(reads)
          : reads.length < metrics.length
            ? "Reading…"
            : `Tried out: ${changeText(reads)}.`}
      </p>
      {sensitivity !== null && (
        <>
          <Button look="ghost" onClick={() => handle.note({ sensitivity: null })}>
            Back to {holds.toFixed(2)}
          </Button>
          {head.may.triage && <Keep head={head} handle={handle} metrics={metrics} value={sensitivity} />}
        </>
      )}
    </div>
  );
}

/** "1.00 for every line, the default." */
function saidText(reads: readonly DetectorRead[]): string {
  if (reads.length === 0) return "";
  const said = reads.filter(({ saved }) => saved.from !== "default");
  if (said.length === 0) return "The default. More finds smaller steps, and more false ones.";
  const parts = said.map(
    ({ metric, metricName, saved }) =>
      `${saved.value.toFixed(2)} for ${metricLabel(metric, metricName)}, said for the ${saved.from}`,
  );
  return `${[...new Set(parts)].join("; ")}.`;
}

function Keep({ head, handle, metrics, value }: Props & { value: number }) {
  const [state, setState] = useState<string | null>(null);
  const reanalysed = useReanalysis(head.project.slug);
  const keep = async (body: object, what: string) => {
    setState(`Keeping it for ${what}…`);
    try {
      await mutate(apiUrl.sensitivity(head.project.slug), { method: "PATCH", body: { ...body, value } });
      setState(`Kept for ${what}; its lines are analysed anew…`);
      await reanalysed();
      handle.note({ sensitivity: null });
      setState(null);
    } catch (error) {
      setState(error instanceof Error ? error.message : "That did not work.");
    }
  };
  const items: MenuItem[] = [
    {
      key: "workload",
      label: `This workload, ${head.name}`,
      onSelect: () => keep({ level: "workload", workload: head.name }, head.name),
    },
    ...metrics.map((metric): MenuItem => {
      const label = metricLabel(metric, head.metrics.find(({ name }) => name === metric)?.displayName ?? null);
      return {
        key: metric,
        label: `${label}, all workloads`,
        onSelect: () => keep({ level: "metric", metric }, label),
      };
    }),
    ...(head.may.admin
      ? [{ key: "project", label: "The whole project", onSelect: () => keep({ level: "project" }, "the project") }]
      : []),
  ];
  return (
    <>
      <Select label="Keep" value={`${value.toFixed(2)} for…`} items={items} />
      {state && (
        <p role="status" className="text-ink-2">
          {state}
        </p>
      )}
    </>
  );
}

function Lines({ reads }: { reads: readonly DetectorRead[] }) {
  const runs = reads[0]?.visible ?? [];
  return (
    <>
      <Table label="Detector" className="[&_td]:whitespace-nowrap">
        <thead>
          <tr>
            <Head>Metric</Head>
            <Head numeric>Points</Head>
            <Head numeric>Noise</Head>
            <Head numeric>Autocorrelation</Head>
            {runs.map(({ runs: count }) => (
              <Head key={count} numeric>
                Next {count} runs show
              </Head>
            ))}
            <Head numeric>Found</Head>
            <Head>Drift</Head>
          </tr>
        </thead>
        <tbody>
          {reads.map((read) => (
            <Line key={read.metric} read={read} />
          ))}
        </tbody>
      </Table>
      <div className="mt-4 flex flex-col gap-1">
        {reads.map((read) => (
          <Findings key={read.metric} read={read} />
        ))}
      </div>
    </>
  );
}

const scaleOf = (read: DetectorRead): Scale =>
  scaleFor([read.level, ...read.found.map(({ after }) => after)], read.unit);

function Line({ read }: { read: DetectorRead }) {
  const scale = scaleOf(read);
  return (
    <Row>
      <Cell className="font-medium">{metricLabel(read.metric, read.metricName)}</Cell>
      <Cell numeric className="text-ink-2">
        {formatCount(read.points)}
        {read.isCut && ", the newest"}
      </Cell>
      <Cell numeric>{noiseText(read, scale)}</Cell>
      <Cell numeric className="text-ink-2">
        {correlationText(read.correlation)}
      </Cell>
      {read.visible.map((one) => (
        <Cell key={one.runs} numeric>
          {visibleText(one, scale)}
        </Cell>
      ))}
      <Cell numeric className="font-medium">
        {read.found.length}
      </Cell>
      <Cell className="text-ink-2">{driftText(read.drift, scale) ?? "none told"}</Cell>
    </Row>
  );
}

/** What a line's detector would say otherwise, and what it turned down; closed until somebody asks. */
function Findings({ read }: { read: DetectorRead }) {
  const scale = scaleOf(read);
  const label = metricLabel(read.metric, read.metricName);
  const other = read.appear.length + read.go.length;
  return (
    <details open={other > 0 || undefined}>
      <summary className="w-fit cursor-pointer py-1 text-ink-2 hover:text-ink">
        {label}: {read.rejected.length === 0 ? "nothing" : read.rejected.length} considered and not told
        {other > 0 && `; ${changeText([read])}`}
      </summary>
      <ul className="mt-1 mb-3 flex flex-col gap-1 pl-4">
        {read.appear.map((one) => (
          <Finding key={`appear ${one.sha}`} finding={one} scale={scale} word="would appear" />
        ))}
        {read.go.map((one) => (
          <Finding key={`go ${one.sha}`} finding={one} scale={scale} word="would go" />
        ))}
        {read.rejected.map((one) => (
          <li key={`rejected ${one.sha} ${one.why}`} className="text-ink-2">
            <span className="font-medium text-ink">{sizeText(one, scale)}</span> at{" "}
            <span className="sha">{shortSha(one.sha)}</span>, {formatDate(one.committedAt)}:{" "}
            {rejectedText(one, read.smallestEffect)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Finding({ finding, scale, word }: { finding: DetectorFinding; scale: Scale; word: string }) {
  return (
    <li>
      <Delta tone={toneOf(finding.direction)} way={wayOf(finding.difference)} text={sizeText(finding, scale)} /> at{" "}
      <span className="sha">{shortSha(finding.sha)}</span>, {formatDate(finding.committedAt)}:{" "}
      <b className="font-medium">{word}</b>
      {finding.state === "provisional" && word === "would appear" && ", provisional"}
    </li>
  );
}
