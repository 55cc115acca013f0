import { CartesianGrid, XAxis, YAxis } from "recharts";
import { widened } from "@/lib/chart/frame";
import type { Trend } from "@/lib/chart/trend";

type Props = Pick<Trend, "y" | "ticks"> & { domain: readonly [number, number]; left: number };

/** The axes of a Recharts chart over time: the x axis stands under the last of them, the y axis has its unit at the top tick. */
export function RechartsAxes({ y, ticks, domain, left }: Props) {
  const values = ticks.map(({ value }) => value);
  return (
    <>
      <XAxis dataKey="x" type="number" domain={widened(domain)} allowDataOverflow hide height={0} />
      <YAxis
        dataKey="y"
        type="number"
        scale={y.log ? "log" : "linear"}
        domain={[y.lo, y.hi]}
        allowDataOverflow
        width={left}
        ticks={values}
        tick={<Tick ticks={ticks} />}
        interval={0}
        axisLine={false}
        tickLine={false}
      />
      <CartesianGrid vertical={false} stroke="var(--grid)" horizontalValues={values} />
    </>
  );
}

type TickProps = { ticks: Trend["ticks"]; x?: number; y?: number; payload?: { value: number } };

/** A tick's number, right-aligned before the plot; the unit stands at the top one. */
function Tick({ ticks, x = 0, y = 0, payload }: TickProps) {
  const label = ticks.find(({ value }) => value === payload?.value)?.label ?? "";
  return (
    <text x={x} y={y + 4} textAnchor="end" className="fill-ink-3 text-label">
      {label}
    </text>
  );
}
