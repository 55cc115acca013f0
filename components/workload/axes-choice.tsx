"use client";
import { SegmentedButtons } from "@/components/ui/segmented";
import { type YDomain, yDomain } from "@/lib/chart/domain";
import type { WorkloadRead } from "@/lib/queries/workload";
import type { SelectionHandle } from "./selection";

/** Levels that differ by more than so many times do not show on one linear axis. */
const MOST_APART = 10;

/** How small charts are drawn beside each other. */
export type Axes = {
  /** The y axis that all have; null: each its own. */
  shared: YDomain | null;
  /** Nobody chose: why it is so. */
  why: string | null;
  /** A branch that is not analysed has no known spread to lay one axis by. */
  canShare: boolean;
};

/** Small charts share the y axis, so that they compare at a glance, unless their levels lie too far apart for that. */
export function axesOf(
  head: WorkloadRead,
  { selection: { axes, y } }: SelectionHandle,
  metric: string | undefined,
): Axes {
  const spread = head.spreads.find((one) => one.metric === metric);
  if (!spread) return { shared: null, why: null, canShare: false };
  const { least, most, leastLevel, mostLevel } = spread;
  const isFar = y !== "log" && mostLevel > leastLevel * MOST_APART;
  const isShared = axes === "auto" ? !isFar : axes === "shared";
  const times = leastLevel > 0 ? ` ${Math.round(mostLevel / leastLevel).toLocaleString("en")} times` : " much";
  return {
    shared: isShared ? yDomain([], [least, most], y) : null,
    why: axes === "auto" && isFar ? `The highest level is${times} the lowest: each chart has its own axis.` : null,
    canShare: true,
  };
}

export function AxesChoice({ axes, onChange }: { axes: Axes; onChange: (choice: "shared" | "own") => void }) {
  const { shared, why, canShare } = axes;
  if (!canShare) return <span className="text-label text-ink-3">Each chart has its own y axis.</span>;
  return (
    <span className="flex flex-wrap items-center gap-3">
      {why && <span className="text-label text-ink-3">{why}</span>}
      <SegmentedButtons
        label="Y axes"
        value={shared ? "shared" : "own"}
        items={[
          { key: "shared", label: "One y axis" },
          { key: "own", label: "Own axes" },
        ]}
        onChange={onChange}
      />
    </span>
  );
}
