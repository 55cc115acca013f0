import Link from "next/link";
import { Section } from "@/components/frame/page-head";
import { Badge } from "@/components/ui/badge";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { oneSidedWords } from "@/lib/format/comparison";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import type { Comparison, OneSided } from "@/lib/queries/compare";
import { workloadUrl } from "@/lib/urls/workload";

const LABELS = {
  failed: "Failed",
  missing: "Missing",
  skipped: "Skipped",
  version: "Other version",
  new: "New",
} as const satisfies Record<OneSided["kind"], string>;

/** Cases in sight, and those one click away; the API has all. */
const FIRST = 12;
const SHOWN = 200;

/** What is on one side only: neither good nor unchanged, and never counted as either. */
export function OneSidedList({ comparison }: { comparison: Comparison }) {
  const { oneSided, summary } = comparison;
  if (oneSided.length === 0) return null;
  const rest = oneSided.slice(FIRST, SHOWN);
  return (
    <Section title="On one side only" note={oneSidedWords(summary)}>
      <OneSidedTable cases={oneSided.slice(0, FIRST)} comparison={comparison} />
      {rest.length > 0 && (
        <details className="mt-2">
          <summary className="cursor-pointer text-label text-ink-2 hover:text-ink">
            Show {formatCount(rest.length)} more
          </summary>
          <OneSidedTable cases={rest} comparison={comparison} />
        </details>
      )}
      {oneSided.length > SHOWN && (
        <p className="mt-2 text-ink-3">
          {SHOWN} of {formatCount(oneSided.length)}; GET …/compare has all.
        </p>
      )}
    </Section>
  );
}

function OneSidedTable({ cases, comparison }: { cases: readonly OneSided[]; comparison: Comparison }) {
  const { project } = comparison;
  return (
    <Table label="On one side only">
      <thead>
        <tr>
          <Head>What</Head>
          <Head>Workload</Head>
          <Head className="max-sm:hidden">Environment</Head>
          <Head>Why</Head>
        </tr>
      </thead>
      <tbody>
        {cases.map((one) => (
          <Row key={`${one.workloadNumber} ${JSON.stringify(one.params)} ${one.version} ${one.environment}`}>
            <Cell className="sm:w-36">
              <Badge tone={one.kind === "failed" || one.kind === "missing" ? "warn" : "unsure"}>
                {LABELS[one.kind]}
              </Badge>
            </Cell>
            <Cell className="sm:w-[24%] [overflow-wrap:anywhere]">
              <Link
                href={workloadUrl(
                  project.slug,
                  { number: one.workloadNumber, name: one.workload },
                  { environment: [one.environment] },
                )}
                prefetch={false}
                className="font-medium underline-offset-3 hover:underline"
              >
                {one.workload}
              </Link>
              <span className="text-ink-3"> {paramsLabel(one.params)}</span>
            </Cell>
            <Cell className="text-ink-2 sm:w-[14%] max-sm:hidden">{one.environment}</Cell>
            <Cell className="text-ink-2 [overflow-wrap:anywhere] max-sm:py-1">
              {whyText(one, comparison)}
              {one.error && <span className="sha"> {one.error}</span>}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function whyText(one: OneSided, { metrics }: Comparison): string {
  const { kind, metrics: only, version, otherVersion } = one;
  const names = only?.map((name) =>
    metricInSentence(metricLabel(name, metrics.find((metric) => metric.name === name)?.displayName)),
  );
  const what = names ? `${names.join(", ")}: ` : "";
  switch (kind) {
    case "failed":
      return "No value: every run of a side failed.";
    case "skipped":
      return "No value: skipped.";
    case "missing":
      return `${what}measured on the baseline, no result on the contender.`;
    case "version":
      return `Measured as version ${version || "(none)"} and ${otherVersion || "(none)"}, which are not compared.`;
    case "new":
      return `${what}on the contender only${one.error ? "; the baseline failed:" : "."}`;
  }
}
