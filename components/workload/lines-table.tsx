import Link from "next/link";
import { Delta } from "@/components/ui/delta";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { formatCount } from "@/lib/format/number";
import { formatScaled, type Scale } from "@/lib/format/unit";
import { wayOf } from "@/lib/format/verdict";
import type { WorkloadRead } from "@/lib/queries/workload";
import type { ShownLine } from "./lines";
import type { SelectionHandle } from "./selection";
import { csvPath } from "./series-path";
import type { LineMovement } from "./several-sentence";

type Props = {
  head: WorkloadRead;
  handle: SelectionHandle;
  all: readonly ShownLine[];
  metric: string;
  lines: readonly LineMovement[];
  scale: Scale;
};

/** Many lines as a table: a row each, with the level, its change and its noise; the points of a line are one click away. */
export function LinesTable({ head, handle, all, metric, lines, scale }: Props) {
  const found = new Map(lines.map((one) => [one.line.key, one]));
  return (
    <>
      <Table label="Lines" className="[&_td]:whitespace-nowrap">
        <thead>
          <tr>
            <Head>Line</Head>
            <Head numeric>Level now{scale.unit && `, ${scale.unit}`}</Head>
            <Head numeric>In window</Head>
            <Head numeric>Changepoints</Head>
            <Head numeric>Noise</Head>
            <Head numeric>Points</Head>
            <Head>
              <span className="sr-only">Points as CSV</span>
            </Head>
          </tr>
        </thead>
        <tbody>
          {all.map((line) => (
            <Row key={line.key}>
              <Cell className="font-medium">
                <Link
                  href={handle.urlOf({
                    params: JSON.stringify(line.params),
                    environment: [line.environment],
                    with: [],
                    hide: [],
                  })}
                  className="link"
                  prefetch={false}
                >
                  {line.label}
                </Link>
              </Cell>
              <Figures found={found.get(line.key)} scale={scale} />
              <Cell numeric>
                <a href={csvPath(head, metric, line)} className="link" download aria-label={`${line.label} as CSV`}>
                  CSV
                </a>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <p className="mt-3 text-label text-ink-3">
        {formatCount(lines.length)} of {formatCount(all.length)} lines read. The level is the median of a segment; noise
        is the sd of a point around it.
      </p>
    </>
  );
}

function Figures({ found, scale }: { found: LineMovement | undefined; scale: Scale }) {
  if (!found) return <Cell numeric colSpan={5} className="text-ink-3" />;
  const { read, movement } = found;
  const { from, to, change, tone } = movement;
  const noise = read.level && read.noise !== null ? (100 * read.noise) / Math.abs(read.level) : null;
  return (
    <>
      <Cell numeric className="font-medium">
        {to === null ? "–" : formatScaled(to, scale)}
      </Cell>
      <Cell numeric>
        {change !== null && from !== null && to !== null && movement.changepoints.length > 0 ? (
          <Delta tone={tone} way={wayOf(to - from)} text={formatChange(change)} />
        ) : (
          <span className="text-ink-3">no change</span>
        )}
      </Cell>
      <Cell numeric>{movement.changepoints.length}</Cell>
      <Cell numeric className="text-ink-2">
        {noise === null ? "–" : `± ${noise.toFixed(noise < 10 ? 1 : 0)} %`}
      </Cell>
      <Cell numeric className="text-ink-2">
        {formatCount(read.window.measured)}
      </Cell>
    </>
  );
}
