import { classes } from "@/components/ui/classes";
import type { Verdict } from "@/lib/compare";
import { formatChange, formatChangeTick } from "@/lib/format/change";
import type { CompareRow } from "@/lib/queries/compare";
import { type ForestAxis, forestMark, placeOn, quietBand } from "./forest";

const HEIGHT = 26;
const MIDDLE = HEIGHT / 2;
const per = (place: number) => `${(place * 100).toFixed(3)}%`; // the last digits differ between engines

const STROKE: Record<Verdict, string> = {
  regression: "stroke-worse-mark",
  improvement: "stroke-better-mark",
  rose: "stroke-ink-2",
  fell: "stroke-ink-2",
  unchanged: "stroke-ink-3",
  inconclusive: "stroke-ink-3",
};
const SHAPE: Record<Verdict, string> = {
  regression: "fill-worse-mark stroke-worse-mark",
  improvement: "fill-bg stroke-better-mark",
  rose: "fill-ink-2 stroke-ink-2",
  fell: "fill-bg stroke-ink-2",
  unchanged: "fill-ink-3 stroke-ink-3",
  inconclusive: "fill-bg stroke-ink-3",
};

/** What is drawn of a row. */
type Shown = Pick<CompareRow, "verdict" | "change" | "difference" | "unit" | "interval" | "quiet"> & {
  baseline: Pick<CompareRow["baseline"], "value" | "runs">;
  contender: Pick<CompareRow["contender"], "value" | "runs">;
};

/**
 * A row of the forest: where equal sides would lie as a grey band around 0, the interval, and the change. Filled square worse,
 * hollow better, small grey unchanged, hollow circle on a dotted line inconclusive; beyond the axis an arrow with its number.
 */
export function ForestCell({ row, axis }: { row: Shown; axis: ForestAxis }) {
  const mark = forestMark(axis, row);
  const zero = placeOn(axis, 0);
  const band = quietBand(axis, row);
  return (
    <svg width="100%" height={HEIGHT} className="block overflow-visible" aria-hidden="true">
      {band && (
        <rect
          x={per(band.from)}
          width={per(band.to - band.from)}
          y={5}
          height={HEIGHT - 10}
          rx={2}
          className="fill-null"
        />
      )}
      <line x1={per(zero)} x2={per(zero)} y1={-1} y2={HEIGHT + 1} className="stroke-line-strong" />
      {mark && (
        <line
          x1={per(mark.from)}
          x2={per(mark.to)}
          y1={MIDDLE}
          y2={MIDDLE}
          strokeWidth={1.5}
          strokeDasharray={row.verdict === "inconclusive" ? "1.5 2.5" : undefined}
          className={STROKE[row.verdict]}
        />
      )}
      {mark && (mark.beyond ? <Beyond row={row} side={mark.beyond} /> : <Mark verdict={row.verdict} at={mark.at} />)}
      {!mark && (
        <text x={per(zero)} dx={8} y={MIDDLE + 4} className="fill-ink-3 text-label">
          no ratio
        </text>
      )}
    </svg>
  );
}

function Mark({ verdict, at }: { verdict: Verdict; at: number }) {
  const shape = { className: SHAPE[verdict], strokeWidth: 1.5 };
  if (verdict === "inconclusive") return <circle cx={per(at)} cy={MIDDLE} r={3.5} {...shape} />;
  const size = verdict === "unchanged" ? 4 : 6.5;
  return (
    <svg x={per(at)} y={MIDDLE} className="overflow-visible" aria-hidden="true">
      <rect x={-size / 2} y={-size / 2} width={size} height={size} {...shape} />
    </svg>
  );
}

/** The value lies off the axis. */
function Beyond({ row, side }: { row: Pick<Shown, "verdict" | "change">; side: "low" | "high" }) {
  const isHigh = side === "high";
  return (
    <svg x={isHigh ? "100%" : "0%"} y={MIDDLE} className="overflow-visible" aria-hidden="true">
      <path d={isHigh ? "M0 0 -8 -4.5V4.5Z" : "M0 0 8 -4.5V4.5Z"} className={SHAPE[row.verdict]} strokeWidth={1.5} />
      <text
        x={isHigh ? -14 : 14}
        y={4}
        textAnchor={isHigh ? "end" : "start"}
        className="fill-ink-2 stroke-bg text-label [paint-order:stroke]"
        strokeWidth={4}
      >
        {formatChange(row.change)}
      </text>
    </svg>
  );
}

/** Ticks of the forest column. */
export function ForestHead({ axis, className }: { axis: ForestAxis; className?: string }) {
  return (
    <svg width="100%" height={16} className={classes("block overflow-visible", className)} aria-hidden="true">
      {axis.ticks.map((tick) => (
        <text key={tick} x={per(placeOn(axis, tick))} y={12} textAnchor="middle" className="fill-ink-3 text-label">
          {formatChangeTick(tick)}
        </text>
      ))}
    </svg>
  );
}
