"use client";
import { useEffect, useRef, useState } from "react";
import { Section } from "@/components/frame/page-head";
import { Button } from "@/components/ui/button";
import { type MenuItem, Select } from "@/components/ui/menu";
import { mutate } from "@/lib/api/mutate";
import { metricLabel } from "@/lib/format/name";
import type { DetectorRead } from "@/lib/queries/detector";
import type { WorkloadRead } from "@/lib/queries/workload";
import { apiUrl } from "@/lib/urls/api";
import { DetectorLines } from "./detector-lines";
import { changeText } from "./detector-words";
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
    <div ref={ref} className="print:hidden">
      <Section title="Detector" note="how it sees each line">
        <Sensitivity head={head} handle={handle} metrics={metrics} reads={reads} />
        {fault && (
          <p role="alert" className="mb-3 text-warn">
            The detector could not be asked: {fault.message}
          </p>
        )}
        <DetectorLines metrics={head.metrics.filter(({ name }) => metrics.includes(name))} reads={reads} />
        <p className="mt-3 max-w-[92ch] text-label text-pretty text-ink-3">
          Changepoints are those of the whole line, with what people marked or moved. Noise is the sd of a point around
          its level, over the whole line; autocorrelation that of a point with the one before. “Next runs” is the
          smallest change that so many further points would show with a chance of 80 %.
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
      <p role="status" className="text-ink-2 max-sm:min-h-10 max-sm:w-full">
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
