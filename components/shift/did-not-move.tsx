import Link from "next/link";
import { Section } from "@/components/frame/page-head";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatDifference, formatQuantity, scaleFor } from "@/lib/format/unit";
import type { SilentSeries } from "@/lib/queries/didNotMove";
import type { ShiftRead } from "@/lib/queries/shift";
import { workloadUrl } from "@/lib/urls/workload";

/** Rows that stand open. */
const FIRST_ROWS = 6;

/** Series whose level went on through the range, and how small a change they would have shown. Nothing to say, no section. */
export function DidNotMove({ shift }: { shift: ShiftRead }) {
  const { items, silent, total, elsewhere, blind, sharp } = shift.didNotMove;
  if (total === 0) return null;
  const [first, more] = [items.slice(0, FIRST_ROWS), items.slice(FIRST_ROWS)];
  return (
    <Section title="Did not move" note={`${silent} of ${plural(total, "other series", "other series")} there`}>
      <p className="mb-3 max-w-[92ch] text-ink-2">{sentenceOf({ items, silent, elsewhere, blind, sharp })}</p>
      {first.length > 0 && <SilentTable slug={shift.project.slug} label="Series that did not move" rows={first} />}
      {more.length > 0 && (
        <details className="mt-3">
          <summary className="cursor-pointer text-label text-ink-2 hover:text-ink">Show {more.length} more</summary>
          <SilentTable slug={shift.project.slug} label="More series that did not move" rows={more} />
        </details>
      )}
      {items.length < silent && (
        <p className="mt-3 text-label text-ink-3">
          The {items.length} nearest to what moved are listed: same case first, then same workload, then same metric.
        </p>
      )}
    </Section>
  );
}

/** "41 of the 60 listed would have shown a change as small as their smallest effect. 3 moved with another shift." */
function sentenceOf({
  items,
  silent,
  elsewhere,
  blind,
  sharp,
}: Pick<ShiftRead["didNotMove"], "items" | "silent" | "elsewhere" | "blind" | "sharp">): string {
  const listed = items.length < silent ? `the ${items.length} listed` : `these ${silent}`;
  return [
    silent === 0
      ? "No other series has a level that went on across the range."
      : `${sharp} of ${listed} would have shown a change as small as is worth telling, with a chance of 80 %.`,
    elsewhere > 0 ? `${elsewhere} moved with another shift.` : "",
    blind > 0 ? `${blind} ${blind === 1 ? "was" : "were"} not measured on both sides: they could show nothing.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function SilentTable({ slug, label, rows }: { slug: string; label: string; rows: SilentSeries[] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Head>Workload</Head>
          <Head className="max-md:hidden">Metric</Head>
          <Head className="max-md:hidden">Environment</Head>
          <Head numeric className="max-sm:hidden">
            Level
          </Head>
          <Head numeric className="max-md:hidden">
            Points
          </Head>
          <Head numeric>Would have shown</Head>
        </tr>
      </thead>
      <tbody>
        {rows.map((series) => (
          <SilentRow key={keyOf(series)} slug={slug} series={series} />
        ))}
      </tbody>
    </Table>
  );
}

const keyOf = ({ workload, params, metric, environment }: SilentSeries) =>
  JSON.stringify([workload, params, metric, environment]);

function SilentRow({ slug, series }: { slug: string; series: SilentSeries }) {
  const { workload, workloadNumber, params, metric, metricName, environment, unit, level } = series;
  const given = paramsLabel(params);
  const label = metricLabel(metric, metricName);
  const selection = { environment: [environment], metric: [metric], params: given ? JSON.stringify(params) : null };
  return (
    <Row>
      <Cell className="max-md:py-1.5">
        <Link
          href={workloadUrl(slug, { number: workloadNumber, name: workload }, selection)}
          className="hover:underline underline-offset-3"
          prefetch={false}
        >
          <span className="[overflow-wrap:anywhere]">{workload}</span>
        </Link>
        {given && <span className="text-ink-3"> {given}</span>}
        <span className="block text-ink-3 md:hidden">
          {label}, {environment}
        </span>
      </Cell>
      <Cell className="text-ink-2 max-md:hidden">{label}</Cell>
      <Cell className="text-ink-2 max-md:hidden">{environment}</Cell>
      <Cell numeric className="max-sm:hidden">
        {formatQuantity(level, unit)}
      </Cell>
      <Cell numeric className="text-ink-2 max-md:hidden">
        {series.pointsBefore} · {series.pointsAfter}
      </Cell>
      <Cell numeric className="text-ink-2">
        {visibleText(series)}
      </Cell>
    </Row>
  );
}

/** "5.0 % or more": of either direction. */
function visibleText({ visible, unit }: SilentSeries): string {
  if (!visible) return "nothing";
  const size =
    visible.change === null
      ? formatDifference(visible.difference, scaleFor([visible.difference], unit))
      : formatChange(visible.change);
  return `${size.replace(/^\+/, "")} or more`;
}
