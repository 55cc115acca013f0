"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Section } from "@/components/frame/page-head";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { mutate } from "@/lib/api/mutate";
import { read } from "@/lib/api/read";
import { metricLabel } from "@/lib/format/name";
import { shortSha } from "@/lib/format/time";
import type { CorrectionItem, ExclusionItem } from "@/lib/queries/corrections";
import type { WorkloadRead } from "@/lib/queries/workload";
import { apiUrl } from "@/lib/urls/api";
import { commitUrl } from "@/lib/urls/commit";
import { useReanalysis } from "./use-detectors";

type Listed<Item> = { items: Item[] };

/** What people left out, marked or moved on the lines shown, with reason and who; nothing where nobody did. */
export function ByHand({ head, metrics }: { head: WorkloadRead; metrics: readonly string[] }) {
  const { slug } = head.project;
  const exclusions = useQuery(read<Listed<ExclusionItem>>(apiUrl.exclusions(slug))).data?.items ?? [];
  const corrections = useQuery(read<Listed<CorrectionItem>>(apiUrl.corrections(slug))).data?.items ?? [];
  const isHere = (one: { environment: string; workload: string | null; metric: string | null; params: unknown }) =>
    one.environment === head.chosen.environment &&
    (one.workload === null ||
      (one.workload === head.name && JSON.stringify(one.params) === JSON.stringify(head.chosen.params))) &&
    (one.metric === null || metrics.includes(one.metric));
  const rows = [...corrections.filter(isHere).map(rowOfCorrection), ...exclusions.filter(isHere).map(rowOfExclusion)];
  if (rows.length === 0) return null;
  return (
    <Section title="By hand" note="kept through every analysis">
      <Table label="By hand">
        <thead>
          <tr>
            <Head>What</Head>
            <Head>Metric</Head>
            <Head>Commit</Head>
            <Head>Reason</Head>
            <Head>By</Head>
            {head.may.triage && (
              <Head className="relative">
                <span className="sr-only">Take back</span>
              </Head>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <HandRow key={row.path(slug)} row={row} head={head} />
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

type HandLine = {
  what: string;
  metric: string | null;
  sha: string;
  reason: string;
  by: string;
  at: string;
  takeBack: string;
  path: (slug: string) => string;
};

const rowOfExclusion = ({ id, run, metric, commit, reason, excludedBy, excludedAt }: ExclusionItem): HandLine => ({
  what: metric === null ? `Run ${run} left out` : `Left out of run ${run}`,
  metric,
  sha: commit,
  reason,
  by: excludedBy,
  at: excludedAt,
  takeBack: "Restore",
  path: (slug) => apiUrl.exclusion(slug, id),
});

const rowOfCorrection = ({
  id,
  kind,
  moves,
  metric,
  commit,
  reason,
  createdBy,
  createdAt,
}: CorrectionItem): HandLine => ({
  what: kind === "mark" ? "Shift marked" : `Shift moved from ${shortSha(moves)}`,
  metric,
  sha: commit,
  reason,
  by: createdBy,
  at: createdAt,
  takeBack: "Take back",
  path: (slug) => apiUrl.correction(slug, id),
});

function HandRow({ row, head }: { row: HandLine; head: WorkloadRead }) {
  const { slug } = head.project;
  const reanalysed = useReanalysis(slug);
  const named = head.metrics.find(({ name }) => name === row.metric);
  return (
    <Row>
      <Cell className="[overflow-wrap:anywhere]">{row.what}</Cell>
      <Cell>{row.metric === null ? "all" : metricLabel(row.metric, named?.displayName ?? null)}</Cell>
      <Cell>
        <Link href={commitUrl(slug, row.sha)} className="sha link" prefetch={false}>
          {shortSha(row.sha)}
        </Link>
      </Cell>
      <Cell className="max-w-[48ch] [overflow-wrap:anywhere]">{row.reason}</Cell>
      <Cell className="text-ink-2 [overflow-wrap:anywhere]">
        {row.by}, <Time at={row.at} />
      </Cell>
      {head.may.triage && (
        <Cell numeric>
          <ConfirmButton
            look="ghost"
            question="The analysis decides again."
            confirm={row.takeBack}
            label={`${row.takeBack}: ${row.what} at ${shortSha(row.sha)}`}
            act={async () => {
              await mutate(row.path(slug), { method: "DELETE" });
              await reanalysed();
            }}
          >
            {row.takeBack}
          </ConfirmButton>
        </Cell>
      )}
    </Row>
  );
}
