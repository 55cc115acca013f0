import { CartesianGrid, XAxis, YAxis } from "recharts";
import type { Frame } from "@/lib/chart/frame";
import type { Trend } from "@/lib/chart/trend";

type Props = Pick<Trend, "y" | "ticks"> & { frame: Frame };

/** The axes of a chart over time: the x axis stands under the last of them, the y axis has its unit at the top tick. */
export function Axes({ y, ticks, frame }: Props) {
  const values = ticks.map(({ value }) => value);
  return (
    <>
      <XAxis dataKey="x" type="number" domain={shownBy(frame)} allowDataOverflow hide height={0} />
      <YAxis
        dataKey="y"
        type="number"
        scale={y.log ? "log" : "linear"}
        domain={[y.lo, y.hi]}
        allowDataOverflow
        width={frame.margin.left}
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

/** What of the x axis a frame shows. */
const shownBy = ({ plot, xAt }: Frame): [number, number] => [xAt(plot.left), xAt(plot.right)];

/** Properties of a Recharts chart that lies in a frame. It has no values of its own: marks are drawn in the frame's pixels. */
export const chartIn = ({ width, height, margin, plot, xAt }: Frame, y: Trend["y"]) => ({
  width,
  height,
  margin: { top: margin.top, right: margin.right, bottom: margin.bottom, left: 0 },
  data: [{ x: xAt(plot.left), y: y.lo }],
  accessibilityLayer: false,
  style: { overflow: "visible" },
});

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
