import { Cell, Head, Row, Table } from "@/components/ui/table";
import type { QuantileShift } from "@/lib/compare";
import { formatChange, formatInterval } from "@/lib/format/change";
import { formatDifference, formatScaled, type Scale } from "@/lib/format/unit";
import { type ForestAxis, forestAxis, forestMark, placeOn } from "./forest";
import { ForestHead } from "./forest-cell";

const HEIGHT = 22;
const MIDDLE = HEIGHT / 2;
const per = (place: number) => `${(place * 100).toFixed(3)}%`;

/** How each part of the distribution moved: all alike, or the slow tail alone. */
export function CaseQuantiles({ quantiles, scale }: { quantiles: readonly QuantileShift[]; scale: Scale }) {
  const axis = forestAxis(quantiles);
  return (
    <Table label="Differences of quantiles">
      <thead>
        <tr>
          <Head>Quantile</Head>
          <Head numeric>Baseline</Head>
          <Head numeric>Contender</Head>
          <Head>Unit</Head>
          <Head numeric className="max-md:hidden">
            Difference
          </Head>
          <Head numeric>Change</Head>
          <Head className="w-[40%] min-w-40 px-7 max-sm:hidden">
            <span className="sr-only">Change with its interval, drawn</span>
            <ForestHead axis={axis} />
          </Head>
          <Head numeric className="max-md:hidden">
            95 % interval
          </Head>
        </tr>
      </thead>
      <tbody>
        {quantiles.map((shift) => (
          <Row key={shift.quantile}>
            <Cell>{shift.quantile === 0.5 ? "median" : `${Math.round(shift.quantile * 100)}\u00a0%`}</Cell>
            <Cell numeric className="text-ink-2">
              {formatScaled(shift.baseline, scale)}
            </Cell>
            <Cell numeric className="font-medium">
              {formatScaled(shift.contender, scale)}
            </Cell>
            <Cell className="text-ink-2">{scale.unit}</Cell>
            <Cell numeric className="text-ink-2 max-md:hidden">
              {formatDifference(shift.difference, { ...scale, unit: "" })}
            </Cell>
            <Cell numeric>{shift.change === null ? "" : formatChange(shift.change)}</Cell>
            <Cell className="px-7 max-sm:hidden">
              <Mark shift={shift} axis={axis} />
            </Cell>
            <Cell numeric className="text-ink-2 max-md:hidden">
              {shift.interval && shift.change !== null ? formatInterval(...shift.interval) : "–"}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Mark({ shift, axis }: { shift: QuantileShift; axis: ForestAxis }) {
  const mark = forestMark(axis, shift);
  const zero = per(placeOn(axis, 0));
  return (
    <svg width="100%" height={HEIGHT} className="block overflow-visible" aria-hidden="true">
      <line x1={zero} x2={zero} y1={-3} y2={HEIGHT + 3} className="stroke-line-strong" />
      {mark && (
        <>
          <line
            x1={per(mark.from)}
            x2={per(mark.to)}
            y1={MIDDLE}
            y2={MIDDLE}
            strokeWidth={1.5}
            className="stroke-point"
          />
          <circle cx={per(mark.at)} cy={MIDDLE} r={3.5} className="fill-level" />
        </>
      )}
    </svg>
  );
}
