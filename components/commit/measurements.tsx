import Link from "next/link";
import { Section } from "@/components/frame/page-head";
import { RangeBullet } from "@/components/run/range-bullet";
import { StandingCell } from "@/components/run/standing-cell";
import { isUnusual } from "@/components/run/usual";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import { formatCount, plural } from "@/lib/format/number";
import { formatScaled, formatValue, scaleFor } from "@/lib/format/unit";
import type { CommitMeasurement } from "@/lib/queries/commit";
import { commitUrl } from "@/lib/urls/commit";
import { workloadUrl } from "@/lib/urls/workload";

type MeasurementsProps = { slug: string; sha: string; measurements: CommitMeasurement[]; all: boolean };

/** Series at once; ?all=1 shows the rest. */
const SHOWN = 500;

/** Everything that the runs of a commit measured, against the usual range. */
export function Measurements({ slug, sha, measurements, all }: MeasurementsProps) {
  const shown = all ? measurements : measurements.slice(0, SHOWN);
  // One environment for all stands in the sentence of the page.
  const hasEnvironments = new Set(measurements.map(({ environment }) => environment)).size > 1;
  const ranged = measurements.filter(({ usual }) => usual !== null);
  const unusual = ranged.filter(({ value, usual }) => isUnusual(value, usual)).length;
  return (
    <Section
      title="Measured here"
      note={`${plural(measurements.length, "series", "series")}${ranged.length > 0 ? `; ${unusual} of ${ranged.length} outside the usual range of their segment` : ""}`}
    >
      <Table label="Measured here">
        <thead>
          <tr>
            <Head>Workload</Head>
            <Head className="max-sm:hidden">Metric</Head>
            {hasEnvironments && <Head>Environment</Head>}
            <Head numeric>Median of runs</Head>
            <Head numeric className="max-sm:hidden">
              Smallest … largest
            </Head>
            <Head numeric className="max-sm:hidden">
              Runs · n
            </Head>
            <Head className="max-sm:hidden">Usual range</Head>
            <Head numeric>Against its level</Head>
            <Head className="max-sm:hidden">In words</Head>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <MeasurementRow
              key={JSON.stringify([one.workload, one.params, one.metric, one.environment])}
              slug={slug}
              sha={sha}
              one={one}
              hasEnvironments={hasEnvironments}
            />
          ))}
        </tbody>
      </Table>
      {shown.length < measurements.length && (
        <p className="mt-3">
          <Link href={commitUrl(slug, sha, { all: true })} className="link" prefetch={false} scroll={false}>
            Show all {formatCount(measurements.length)} series
          </Link>
        </p>
      )}
      <p className="mt-3 text-label text-ink-3">
        Bar: 5 to 95 % of the points of the same segment; line: its level; dot: this commit. A strong dot lies outside;
        that is no verdict, one in ten does. z: sds of a point from the level; far: four and more. Experiments and
        controls are left out. Times are UTC.
      </p>
    </Section>
  );
}

type RowProps = { slug: string; sha: string; one: CommitMeasurement; hasEnvironments: boolean };

function MeasurementRow({ slug, sha, one, hasEnvironments }: RowProps) {
  const given = paramsLabel(one.params);
  const url = workloadUrl(
    slug,
    { number: one.workloadNumber, name: one.workload },
    {
      environment: [one.environment],
      metric: [one.metric],
      params: given ? JSON.stringify(one.params) : null,
      pin: [sha.slice(0, 10)],
    },
  );
  const metric = metricLabel(one.metric, one.metricName);
  const scale = scaleFor([one.value, one.usual?.level ?? null], one.unit);
  const [least, most] = [formatScaled(one.min, scale), formatScaled(one.max, scale)];
  return (
    <Row>
      <Cell>
        <span className="line-clamp-2 w-max max-w-[min(20rem,44vw)] [overflow-wrap:anywhere]" title={one.workload}>
          <Link href={url} className="font-medium hover:underline underline-offset-3" prefetch={false}>
            {one.workload}
          </Link>
          {given && <span className="text-ink-3"> {given}</span>}
        </span>
        <span className="block max-w-[44vw] truncate text-label text-ink-3 sm:hidden">{metric}</span>
      </Cell>
      <Cell className="max-w-52 truncate text-ink-2 max-sm:hidden" title={metric}>
        {metric}
      </Cell>
      {hasEnvironments && (
        <Cell className="max-w-40 truncate text-ink-2" title={one.environment}>
          {one.environment}
        </Cell>
      )}
      <Cell numeric className="font-medium">
        {formatValue(one.value, scale)}
      </Cell>
      <Cell numeric className="text-ink-3 max-sm:hidden">
        {least === most ? "" : `${least} … ${most}`}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {one.runs} · {one.n}
      </Cell>
      <Cell className="whitespace-nowrap text-ink-3 max-sm:hidden">
        {one.usual && (
          <>
            <RangeBullet value={one.value} usual={one.usual} className="mr-2" />
            {formatScaled(one.usual.lo, scale)} … {formatScaled(one.usual.hi, scale)}
          </>
        )}
      </Cell>
      <Cell numeric className={isUnusual(one.value, one.usual) ? "font-medium" : "text-ink-2"}>
        {one.usual?.level ? formatChange(one.value / one.usual.level - 1) : ""}
      </Cell>
      <StandingCell value={one.value} usual={one.usual} className="max-sm:hidden" />
    </Row>
  );
}
