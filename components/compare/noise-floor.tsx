import Link from "next/link";
import { Section } from "@/components/frame/page-head";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { caseLabel } from "@/lib/format/comparison";
import { metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import type { Comparison } from "@/lib/queries/compare";
import { caseUrl } from "./case-url";
import { floorsOf } from "./floor";
import { FloorNote } from "./floor-note";

/** What "no change" looks like with these runs, and what they could not have shown. */
export function NoiseFloor({ comparison, environment }: { comparison: Comparison; environment: string | null }) {
  const floors = floorsOf(
    comparison.rows,
    comparison.metrics.map(({ name }) => name),
  );
  if (floors.length === 0) return null;
  const sides = { baseline: comparison.baseline.side, contender: comparison.contender.side, environment };
  const names = new Map(comparison.metrics.map(({ name, displayName }) => [name, metricLabel(name, displayName)]));
  return (
    <Section title="What no change looks like" note="with these runs and this noise">
      <FloorNote project={comparison.project.slug} sides={sides} />
      <Table label="What no change looks like" className="max-w-[960px]">
        <thead>
          <tr>
            <Head>Metric</Head>
            <Head numeric className="max-sm:hidden">
              Rows
            </Head>
            <Head
              numeric
              className="max-sm:whitespace-normal"
              title="95 of 100 comparisons of equal sides lie within this; of the middle row"
            >
              Equal sides lie within
            </Head>
            <Head numeric className="max-sm:whitespace-normal" title="Called in 80 of 100 cases; of the middle row">
              Smallest change shown
            </Head>
            <Head numeric className="max-sm:hidden">
              Worst
            </Head>
            <Head className="max-sm:hidden">Worst row</Head>
          </tr>
        </thead>
        <tbody>
          {floors.map(({ metric, rows, quiet, detectable, worst }) => (
            <Row key={metric}>
              <Cell className="font-medium">{names.get(metric)}</Cell>
              <Cell numeric className="text-ink-2 max-sm:hidden">
                {formatCount(rows)}
              </Cell>
              <Cell numeric>±{unsigned(quiet)}</Cell>
              <Cell numeric className="font-medium">
                {detectable === null ? "–" : unsigned(detectable)}
              </Cell>
              <Cell numeric className="text-ink-2 max-sm:hidden">
                {worst && unsigned(worst.detectable)}
              </Cell>
              <Cell className="max-sm:hidden">
                {worst && (
                  <Link
                    href={caseUrl(comparison, worst.row)}
                    prefetch={false}
                    className="underline-offset-3 hover:underline"
                  >
                    {caseLabel(worst.row)}
                  </Link>
                )}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <p className="mt-2 max-w-[110ch] text-label text-ink-3">
        Of the middle row of each metric. The smallest change shown is called in 80 of 100 cases with these runs; a
        smaller one may well be there and cannot be told. The grey bar in each row of the forest is that of the row
        itself.
      </p>
    </Section>
  );
}

const unsigned = (size: number) => formatChange(size).replace(/^\+/, "");
