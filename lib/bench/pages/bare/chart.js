"use client";
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from "recharts";

// Its size is given and nothing moves: the shortest way to a line that Recharts has.
export function Trend({ points }) {
  return (
    <LineChart width={1000} height={216} data={points}>
      <CartesianGrid vertical={false} />
      <XAxis dataKey="x" type="number" domain={["dataMin", "dataMax"]} />
      <YAxis dataKey="y" type="number" domain={["auto", "auto"]} />
      <Tooltip isAnimationActive={false} />
      <Line dataKey="y" dot={false} isAnimationActive={false} />
    </LineChart>
  );
}
