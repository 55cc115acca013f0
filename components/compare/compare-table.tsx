import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Delta } from "@/components/ui/delta";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import type { Verdict } from "@/lib/compare";
import { formatChange, formatP } from "@/lib/format/change";
import { changeText, intervalText, rowScale, settleText, verdictTone } from "@/lib/format/comparison";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import { formatScaled } from "@/lib/format/unit";
import { capitalised, wayOf } from "@/lib/format/verdict";
import type { CompareRow, Comparison } from "@/lib/queries/compare";
import { type CompareSelection, compareUrl, VERDICT_ORDER } from "@/lib/urls/compare";
import { workloadUrl } from "@/lib/urls/workload";
import { type ForestAxis, forestAxis } from "./forest";
import { ForestCell, ForestHead } from "./forest-cell";

/** Rows of a group at once. */
export const GROUP_ROWS = 100;
/** Rows of a folded group: what lies within noise is one click away. */
const FOLDED: Partial<Record<Verdict, number>> = { unchanged: 3, inconclusive: 5 };
const COLUMNS = 14;
/** Characters of a name from which it wraps. */
const LONG_NAME = 34;

type Props = { comparison: Comparison; selection: CompareSelection };
type Group = { verdict: Verdict; total: number; first: number; rows: CompareRow[] };

/** All rows in groups of one verdict, in fixed order. */
export function CompareTable({ comparison, selection }: Props) {
  const groups = groupsOf(comparison, selection);
  const shown = groups.flatMap(({ rows }) => rows);
  const axis = forestAxis(shown);
  const withEnvironment = comparison.environments.length > 1;
  const withNoise = comparison.rows.some(({ noise }) => noise !== null);
  const smallest = new Map(comparison.metrics.map(({ name, smallestEffect }) => [name, smallestEffect]));
  const names = new Map(
    comparison.metrics.map((metric) => [metric.name, metricLabel(metric.name, metric.displayName)]),
  );
  const props = { comparison, axis, withEnvironment, withNoise };
  return (
    <Table label="Compared rows">
      <Heads {...props} selection={selection} />
      {groups.map((group) => (
        <tbody key={group.verdict}>
          <GroupHead group={group} comparison={comparison} />
          {group.rows.map((row) => (
            <CompareRowLine
              key={`${row.workloadNumber} ${JSON.stringify(row.params)} ${row.version} ${row.metric} ${row.environment}`}
              {...props}
              row={row}
              metric={names.get(row.metric) ?? row.metric}
              smallest={smallest.get(row.metric) ?? 0}
            />
          ))}
          <GroupFoot group={group} comparison={comparison} selection={selection} />
        </tbody>
      ))}
    </Table>
  );
}

function groupsOf({ rows }: Comparison, { verdict: wanted, show, page }: CompareSelection): Group[] {
  return VERDICT_ORDER.filter((verdict) => wanted === null || wanted === verdict).flatMap((verdict) => {
    const all = rows.filter((row) => row.verdict === verdict);
    if (all.length === 0) return [];
    const isOpen = wanted !== null || show.includes(verdict);
    const first = wanted === null ? 0 : Math.min(page - 1, Math.ceil(all.length / GROUP_ROWS) - 1) * GROUP_ROWS;
    const count = isOpen ? GROUP_ROWS : (FOLDED[verdict] ?? GROUP_ROWS);
    return [{ verdict, total: all.length, first, rows: all.slice(first, first + count) }];
  });
}

type HeadProps = Props & { axis: ForestAxis; withEnvironment: boolean; withNoise: boolean };

function Heads({ comparison, selection, axis, withEnvironment, withNoise }: HeadProps) {
  const sortBy = (sort: CompareSelection["sort"]) => ({
    href: compareUrl(comparison.project.slug, { ...selection, sort, page: 1 }),
    way: selection.sort === sort ? (sort === "name" ? ("up" as const) : ("down" as const)) : null,
  });
  return (
    <thead>
      <tr>
        <Head sort={sortBy("name")}>Workload</Head>
        <Head className="max-sm:hidden">Metric</Head>
        {withEnvironment && <Head className="max-md:hidden">Environment</Head>}
        <Head numeric sort={sortBy("effect")}>
          Change
        </Head>
        <Head className="w-[28%] min-w-48 px-7 max-md:hidden">
          <span className="sr-only">Change with its interval, drawn</span>
          <ForestHead axis={axis} />
        </Head>
        <Head numeric className="max-sm:hidden">
          95 % interval
        </Head>
        <Head numeric className="max-w-40 truncate max-lg:hidden" title={comparison.baseline.label}>
          {shortLabel(comparison.baseline.label)}
        </Head>
        <Head numeric className="max-w-40 truncate max-lg:hidden" title={comparison.contender.label}>
          {shortLabel(comparison.contender.label)}
        </Head>
        <Head className="max-lg:hidden">Unit</Head>
        <Head numeric className="max-md:hidden" title="Runs of baseline and contender">
          Runs
        </Head>
        {withNoise && (
          <Head
            numeric
            sort={sortBy("noise")}
            className="max-md:hidden"
            title="Scatter of a run; sorts by change over noise"
          >
            Noise
          </Head>
        )}
        <Head numeric>q</Head>
        <Head numeric className="max-sm:hidden" title="Further runs a side for a verdict with a chance of 80 %">
          To settle
        </Head>
        <Head>
          <span className="sr-only">Trend</span>
        </Head>
      </tr>
    </thead>
  );
}

/** "no-queuing" of "scheduling / no-queuing": the experiment stands above. */
const shortLabel = (label: string) => label.split(" / ").at(-1) ?? label;

function GroupHead({ group: { verdict, total }, comparison }: { group: Group; comparison: Comparison }) {
  return (
    <tr>
      <th scope="rowgroup" colSpan={COLUMNS} className="h-9 pb-1 text-left align-bottom font-normal">
        <span className="inline-flex items-center gap-2">
          <Badge tone={verdictTone(verdict)} way={WAYS[verdict]}>
            {verdict === "unchanged" || verdict === "inconclusive" ? LABELS[verdict] : capitalised(verdict)}
          </Badge>
          <span className="font-medium">{formatCount(total)}</span>
          <span className="text-ink-3 max-sm:hidden">{explain(verdict, comparison)}</span>
        </span>
      </th>
    </tr>
  );
}

const LABELS = { unchanged: "Unchanged", inconclusive: "Inconclusive" } as const;
const WAYS: Partial<Record<Verdict, "up" | "down">> = {
  rose: "up",
  fell: "down",
  regression: "up",
  improvement: "down",
};

function explain(verdict: Verdict, { metrics }: Comparison): string {
  if (verdict === "inconclusive") return "the interval holds both a real change and none";
  if (verdict === "rose" || verdict === "fell") return "nobody has said which way is good";
  if (verdict !== "unchanged") return "";
  const effects = new Map<number, string[]>();
  for (const { name, displayName, smallestEffect } of metrics)
    effects.set(smallestEffect, [...(effects.get(smallestEffect) ?? []), metricLabel(name, displayName)]);
  const words = [...effects].map(([effect, names]) =>
    effects.size === 1 ? percent(effect) : `${percent(effect)} for ${names.map(metricInSentence).join(", ")}`,
  );
  return `the 90 % interval lies within the smallest effect: ${words.join("; ")}`;
}

const percent = (share: number) =>
  formatChange(share)
    .replace(/^\+/, "")
    .replace(/\.0(?=\D)/, "");

function GroupFoot({ group, comparison, selection }: Props & { group: Group }) {
  const { verdict, total, first, rows } = group;
  const { slug } = comparison.project;
  if (rows.length === total) return null;
  const isFolded = rows.length < GROUP_ROWS && first === 0;
  const to = (page: number) => compareUrl(slug, { ...selection, verdict, page });
  return (
    <tr>
      <td colSpan={COLUMNS} className="h-9">
        {isFolded ? (
          <Link
            href={compareUrl(slug, { ...selection, show: [...new Set([...selection.show, verdict])] })}
            scroll={false}
            prefetch={false}
            className="link text-label"
          >
            Show all {formatCount(total)} {verdict}
          </Link>
        ) : (
          <span className="flex items-center gap-2 text-ink-2">
            {formatCount(first + 1)} to {formatCount(first + rows.length)} of {formatCount(total)}
            {first > 0 && <ButtonLink href={to(first / GROUP_ROWS)}>Previous</ButtonLink>}
            {first + rows.length < total && <ButtonLink href={to(first / GROUP_ROWS + 2)}>Next</ButtonLink>}
          </span>
        )}
      </td>
    </tr>
  );
}

type LineProps = Omit<HeadProps, "selection"> & { row: CompareRow; metric: string; smallest: number };

function CompareRowLine({ row, metric, smallest, comparison, axis, withEnvironment, withNoise }: LineProps) {
  const { baseline, contender } = row;
  const scale = rowScale(row);
  const url = trendUrl(comparison, row);
  const given = paramsLabel(row.params);
  const failed = baseline.failed + contender.failed;
  return (
    <Row>
      <Cell className={row.workload.length > LONG_NAME ? "min-w-48 [overflow-wrap:anywhere]" : "sm:whitespace-nowrap"}>
        <Link href={url} prefetch={false} className="font-medium underline-offset-3 hover:underline">
          {row.workload}
        </Link>
        {given && <span className="text-ink-3"> {given}</span>}
        {row.version && <span className="text-ink-3"> version {row.version}</span>}
        {failed > 0 && <span className="text-warn"> failed in {failed} more runs</span>}
        <span className="block text-label text-ink-3 sm:hidden">{metric}</span>
      </Cell>
      <Cell className="whitespace-nowrap text-ink-2 max-sm:hidden">{metric}</Cell>
      {withEnvironment && <Cell className="text-ink-2 max-md:hidden">{row.environment}</Cell>}
      <Cell numeric>
        <Delta tone={verdictTone(row.verdict)} way={wayOf(row.difference ?? 0)} text={changeText(row)} />
        {isTold(row) && <span className="block text-label text-ink-3">certain, but small</span>}
      </Cell>
      <Cell className="px-7 max-md:hidden">
        <ForestCell row={row} axis={axis} smallest={smallest} />
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {intervalText(row)}
      </Cell>
      <Cell numeric className="text-ink-2 max-lg:hidden">
        {formatScaled(baseline.value, scale)}
      </Cell>
      <Cell numeric className="font-medium max-lg:hidden">
        {formatScaled(contender.value, scale)}
      </Cell>
      <Cell className="text-ink-2 max-lg:hidden">{scale.unit}</Cell>
      <Cell numeric className="text-ink-2 max-md:hidden" title={`${baseline.samples} and ${contender.samples} samples`}>
        {baseline.runs === contender.runs ? baseline.runs : `${baseline.runs} / ${contender.runs}`}
      </Cell>
      {withNoise && (
        <Cell numeric className="text-ink-2 max-md:hidden">
          {noiseText(row)}
        </Cell>
      )}
      <Cell numeric className="text-ink-2">
        {row.exact ? "exact" : formatP(row.q)}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {settleText(row)}
      </Cell>
      <Cell numeric>
        <Link
          href={url}
          prefetch={false}
          aria-label={`Trend of ${metric} of ${row.workload}`}
          className="inline-flex size-6 items-center justify-center rounded-1 text-ink-3 hover:text-ink"
        >
          <ChevronRight className="size-4" strokeWidth={1.5} aria-hidden />
        </Link>
      </Cell>
    </Row>
  );
}

/** Certain, under the smallest effect, and not so small that it is shown as none. */
const isTold = ({ small, change }: CompareRow) => small && Math.abs(change ?? 1) >= SHOWN_AS_NONE;
const SHOWN_AS_NONE = 0.0005;

/** Relative where the change is. */
function noiseText({ noise, change }: CompareRow): string {
  if (noise === null || change === null) return "";
  return formatChange(noise).replace(/^\+/, "");
}

/** The trend of the row with both commits pinned. */
function trendUrl({ project, baseline, contender }: Comparison, row: CompareRow): string {
  const pins = [baseline.sha, contender.sha].flatMap((sha) => (sha ? [sha.slice(0, 10)] : []));
  return workloadUrl(
    project.slug,
    { number: row.workloadNumber, name: row.workload },
    {
      metric: [row.metric],
      environment: [row.environment],
      params: paramsLabel(row.params) ? JSON.stringify(row.params) : null,
      pin: [...new Set(pins)],
    },
  );
}
