import { Cell, Head, Row, Table } from "@/components/ui/table";
import { type QuantileShift, quantileShifts } from "@/lib/chart/distribution";
import { formatChange } from "@/lib/format/change";
import { formatDifference, formatScaled, type Scale } from "@/lib/format/unit";
import { type CaseSide, samplesOf } from "./case-sides";
import { type ForestAxis, forestAxis, placeOn } from "./forest";
import { ForestHead } from "./forest-cell";

const HEIGHT = 22;
const per = (place: number) => `${(place * 100).toFixed(3)}%`;

/** How each part of the distribution moved: all alike, or the slow tail alone. */
export function CaseQuantiles({
  sides: [baseline, contender],
  scale,
}: {
  sides: readonly [CaseSide, CaseSide];
  scale: Scale;
}) {
  const shifts = quantileShifts(samplesOf(baseline), samplesOf(contender));
  if (shifts.length === 0) return null;
  const axis = forestAxis(shifts.map(({ change }) => ({ change, interval: null })));
  return (
    <>
      <Table label="Differences of quantiles">
        <thead>
          <tr>
            <Head>Quantile</Head>
            <Head numeric>Baseline</Head>
            <Head numeric>Contender</Head>
            <Head>Unit</Head>
            <Head numeric>Difference</Head>
            <Head numeric>Change</Head>
            <Head className="w-[40%] min-w-40 px-7 max-sm:hidden">
              <span className="sr-only">Change, drawn</span>
              <ForestHead axis={axis} />
            </Head>
          </tr>
        </thead>
        <tbody>
          {shifts.map((shift) => (
            <Row key={shift.share}>
              <Cell>{shift.share === 0.5 ? "median" : `${Math.round(shift.share * 100)}\u00a0%`}</Cell>
              <Cell numeric className="text-ink-2">
                {formatScaled(shift.baseline, scale)}
              </Cell>
              <Cell numeric className="font-medium">
                {formatScaled(shift.contender, scale)}
              </Cell>
              <Cell className="text-ink-2">{scale.unit}</Cell>
              <Cell numeric className="text-ink-2">
                {formatDifference(shift.difference, { ...scale, unit: "" })}
              </Cell>
              <Cell numeric>{formatChange(shift.change)}</Cell>
              <Cell className="px-7 max-sm:hidden">
                <Dot shift={shift} axis={axis} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <p className="mt-2 max-w-[100ch] text-label text-ink-3">
        Of all samples of a side. No intervals: samples of one run hang together, so that they are fewer than they look.
        The verdict rests on the runs.
      </p>
    </>
  );
}

function Dot({ shift: { change }, axis }: { shift: QuantileShift; axis: ForestAxis }) {
  const zero = per(placeOn(axis, 0));
  const at = change === null ? null : per(Math.min(1, Math.max(0, placeOn(axis, change))));
  return (
    <svg width="100%" height={HEIGHT} className="block overflow-visible" aria-hidden="true">
      <line x1={zero} x2={zero} y1={-3} y2={HEIGHT + 3} className="stroke-line-strong" />
      {at !== null && (
        <>
          <line x1={zero} x2={at} y1={HEIGHT / 2} y2={HEIGHT / 2} className="stroke-point" strokeWidth={1.5} />
          <circle cx={at} cy={HEIGHT / 2} r={3.5} className="fill-level" />
        </>
      )}
    </svg>
  );
}
