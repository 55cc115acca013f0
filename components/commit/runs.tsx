import Link from "next/link";
import { Section } from "@/components/frame/page-head";
import { exclusionWords, judgementLines } from "@/components/run/said";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { CommitRun } from "@/lib/queries/commit";
import { runUrl } from "@/lib/urls/run";

/** The runs of a commit, with what stands out about each as a whole. */
export function Runs({ slug, runs }: { slug: string; runs: CommitRun[] }) {
  return (
    <Section title="Runs" note={String(runs.length)}>
      <Table label="Runs">
        <thead>
          <tr>
            <Head>Run</Head>
            <Head>Environment</Head>
            <Head className="max-sm:hidden">Experiment</Head>
            <Head className="max-sm:hidden">Started</Head>
            <Head numeric>Passed</Head>
            <Head numeric>Failed</Head>
            <Head numeric className="max-sm:hidden">
              Skipped
            </Head>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.key}>
              <Cell className="[overflow-wrap:anywhere]">
                <Link href={runUrl(slug, run.key)} className="link font-medium" prefetch={false}>
                  {run.key}
                </Link>
                {saidOf(run).map((line) => (
                  <span key={line} className="block text-label text-ink-3">
                    {line}
                  </span>
                ))}
              </Cell>
              <Cell>{run.environment}</Cell>
              <Cell className="text-ink-2 max-sm:hidden">
                {[run.experiment, run.variant].filter(Boolean).join(" / ")}
              </Cell>
              <Cell className="text-ink-2 max-sm:hidden">{run.startedAt && <Time at={run.startedAt} withTime />}</Cell>
              <Cell numeric>{run.passed}</Cell>
              <Cell numeric className={run.failed > 0 ? "text-warn" : undefined}>
                {run.failed}
              </Cell>
              <Cell numeric className="max-sm:hidden">
                {run.skipped}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

/** What stands out about a run as a whole, and what of it is left out. */
const saidOf = ({ judgements, exclusions }: CommitRun) => [
  ...judgementLines(judgements.filter(({ state }) => state !== "usual")),
  ...exclusions.map((one) => `Excluded: ${exclusionWords(one)}`),
];
