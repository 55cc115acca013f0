import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Head, Table } from "@/components/ui/table";
import type { Verdict } from "@/lib/compare";
import { formatChange } from "@/lib/format/change";
import { verdictTone } from "@/lib/format/comparison";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import { capitalised } from "@/lib/format/verdict";
import type { Comparison } from "@/lib/queries/compare";
import { type CompareSelection, compareUrl } from "@/lib/urls/compare";
import { type ForestAxis, forestAxis } from "./forest";
import { ForestHead } from "./forest-cell";
import { type Group, groupsOf } from "./groups";
import { RowLine } from "./row-line";
import { PAGE_ROWS, rowKey, shortLabel } from "./view-rows";

const COLUMNS = 14;

type Props = { comparison: Comparison; selection: CompareSelection };

/** All rows in groups of one verdict, in fixed order. */
export function CompareTable({ comparison, selection }: Props) {
  const groups = groupsOf(comparison.rows, selection);
  const shown = groups.flatMap(({ rows }) => rows);
  const axis = forestAxis(shown);
  const withEnvironment = comparison.environments.length > 1;
  const withNoise = comparison.rows.some(({ noise }) => noise !== null);
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
            <RowLine key={rowKey(row)} {...props} row={row} metric={names.get(row.metric) ?? row.metric} />
          ))}
          <GroupFoot group={group} comparison={comparison} selection={selection} />
        </tbody>
      ))}
    </Table>
  );
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

function GroupHead({ group: { verdict, total }, comparison }: { group: Group; comparison: Comparison }) {
  return (
    <tr>
      <th scope="rowgroup" colSpan={COLUMNS} className="h-9 pb-1 text-left align-bottom font-normal">
        <span className="inline-flex items-center gap-2">
          <Badge tone={verdictTone(verdict)} way={WAYS[verdict]}>
            {groupLabel(verdict, comparison)}
          </Badge>
          <span className="font-medium">{formatCount(total)}</span>
          <span className="text-ink-3 max-sm:hidden">{explain(verdict, comparison)}</span>
        </span>
      </th>
    </tr>
  );
}

function groupLabel(verdict: Verdict, { looks }: Comparison): string {
  if (verdict === "inconclusive") return looks?.open ? "Open" : "Inconclusive";
  return verdict === "unchanged" ? "Unchanged" : capitalised(verdict);
}

const WAYS: Partial<Record<Verdict, "up" | "down">> = {
  rose: "up",
  fell: "down",
  regression: "up",
  improvement: "down",
};

function explain(verdict: Verdict, { metrics, looks }: Comparison): string {
  if (verdict === "inconclusive" && looks?.open) return "no verdict before the planned runs are there";
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
  const { verdict, total, first, rows, isFolded } = group;
  const { slug } = comparison.project;
  if (rows.length === total) return null;
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
            {first > 0 && <ButtonLink href={to(first / PAGE_ROWS)}>Previous</ButtonLink>}
            {first + rows.length < total && <ButtonLink href={to(first / PAGE_ROWS + 2)}>Next</ButtonLink>}
          </span>
        )}
      </td>
    </tr>
  );
}
