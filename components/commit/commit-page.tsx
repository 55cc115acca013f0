import Link from "next/link";
import { MemberDelta, memberName } from "@/components/frame/largest";
import { PageHead, Section } from "@/components/frame/page-head";
import { Facts } from "@/components/run/facts";
import { Links } from "@/components/run/links";
import { ButtonLink, buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state";
import { StatusDot } from "@/components/ui/status-dot";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/format/number";
import { formatRange, shortSha } from "@/lib/format/time";
import { capitalised, dotOf } from "@/lib/format/verdict";
import type { CommitRead, CommitRun } from "@/lib/queries/commit";
import { commitUrl } from "@/lib/urls/commit";
import { compareUrl } from "@/lib/urls/compare";
import { pullRequestUrl, sourceUrl } from "@/lib/urls/repository";
import { shiftUrl } from "@/lib/urls/shift";
import { Measurements } from "./measurements";
import { Runs } from "./runs";

/** One commit: its place, its runs, and what they measured against the level of the time. */
export function CommitPage({ commit, all }: { commit: CommitRead; all: boolean }) {
  const { project, sha, runs, measurements, measuredBefore } = commit;
  const source = sourceUrl(project.repository, sha);
  const isMeasured = runs.some(({ experiment }) => experiment === null);
  return (
    <>
      <PageHead
        path={<span className="sha">{sha}</span>}
        title={commit.subject ?? `Commit ${shortSha(sha)}`}
        sentence={runs.length > 0 ? <RunsSentence runs={runs} /> : "No run was sent for this commit."}
      >
        <Neighbours commit={commit} />
        {isMeasured && measuredBefore && (
          <ButtonLink
            href={compareUrl(project.slug, { baseline: `commit:${measuredBefore}`, contender: `commit:${sha}` })}
          >
            Compare with {shortSha(measuredBefore)}
          </ButtonLink>
        )}
        {source && (
          <ButtonLink href={source} external look="ghost">
            Source
          </ButtonLink>
        )}
      </PageHead>
      <Facts items={factsOf(commit)} />
      <Shifts commit={commit} />
      {runs.length > 0 ? <Runs slug={project.slug} runs={runs} /> : <NotMeasured commit={commit} />}
      {measurements.length > 0 && <Measurements slug={project.slug} sha={sha} measurements={measurements} all={all} />}
    </>
  );
}

/** The commits before and after it on the line. */
function Neighbours({ commit: { project, previous, next } }: { commit: CommitRead }) {
  const step = (sha: string | null, label: string, glyph: string) =>
    sha && (
      <Link
        href={commitUrl(project.slug, sha)}
        className={buttonClasses()}
        aria-label={`${label} commit on the line, ${shortSha(sha)}`}
        prefetch={false}
      >
        {glyph} <span className="sha">{shortSha(sha)}</span>
      </Link>
    );
  return (
    <>
      {step(previous, "Previous", "←")}
      {next && step(next, "Next", "→")}
    </>
  );
}

function NotMeasured({ commit }: { commit: CommitRead }) {
  const { project, measuredBefore, measuredAfter, committedAt } = commit;
  const to = (sha: string | null, word: string) =>
    sha && (
      <ButtonLink key={word} href={commitUrl(project.slug, sha)}>
        Nearest measured {word}: {shortSha(sha)}
      </ButtonLink>
    );
  return (
    <EmptyState title="Not measured" actions={[to(measuredBefore, "before"), to(measuredAfter, "after")]}>
      {committedAt === null
        ? "It is known only as the parent of another commit: no earlier commits known."
        : "Its place is known, but nothing was run here."}
    </EmptyState>
  );
}

/** Shifts whose range holds the commit. */
function Shifts({ commit: { project, shifts } }: { commit: CommitRead }) {
  if (shifts.length === 0) return null;
  return (
    <Section title="Shifts whose range holds it" note={String(shifts.length)}>
      <Table label="Shifts">
        <tbody>
          {shifts.map(({ number, summary, status, state, commitsBetween, lastGood, firstShifted }) => (
            <Row key={number}>
              <Cell className="w-12 text-ink-3">#{number}</Cell>
              <Cell>
                <Link href={shiftUrl(project.slug, number)} className="link font-medium" prefetch={false}>
                  {memberName(summary.largest)}
                </Link>{" "}
                <MemberDelta member={summary.largest} />
                {summary.changepoints > 1 && <span className="text-ink-3"> and {summary.changepoints - 1} more</span>}
              </Cell>
              <Cell className="text-ink-2 max-sm:hidden">
                <span className="sha">{formatRange(lastGood, firstShifted)}</span>{" "}
                {commitsBetween === 0 ? "this commit" : `one of ${plural(commitsBetween + 1, "commit")}`}
              </Cell>
              <Cell className="text-ink-2 max-sm:hidden">{capitalised(state)}</Cell>
              <Cell>
                <StatusDot shape={dotOf(status)}>{capitalised(status)}</StatusDot>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function RunsSentence({ runs }: { runs: CommitRun[] }) {
  const failed = runs.reduce((sum, run) => sum + run.failed, 0);
  const environments = [...new Set(runs.map(({ environment }) => environment))];
  return (
    <>
      <b>{plural(runs.length, "run")}</b> in {environments.join(", ")}
      {failed > 0 ? <b className="text-warn">, {plural(failed, "result")} failed</b> : ", nothing failed"}.
    </>
  );
}

function factsOf(commit: CommitRead) {
  const { project, parents, pullRequest, branches, tags, containedIn } = commit;
  const link = (sha: string) => (
    <Link key={sha} href={commitUrl(project.slug, sha)} className="sha link" prefetch={false}>
      {shortSha(sha)}
    </Link>
  );
  const pull = pullRequest === null ? null : pullRequestUrl(project.repository, pullRequest);
  return [
    { name: "Committed", value: commit.committedAt && <Time at={commit.committedAt} withTime /> },
    { name: "Author", value: commit.author },
    {
      name: "Pull request",
      value: pull ? (
        <a href={pull} className="link" target="_blank" rel="noopener noreferrer nofollow">
          #{pullRequest}
        </a>
      ) : (
        pullRequest !== null && `#${pullRequest}`
      ),
    },
    { name: "Releases", value: tags.join(", ") },
    { name: "First in", value: tags.length === 0 && containedIn },
    {
      name: "Branches",
      value: branches
        .map(({ name, position, length }) =>
          position === null
            ? `${name}: fell off its line, kept with its data`
            : `${name}: ${formatCount(position + 1)} of ${formatCount(length)}`,
        )
        .join("; "),
    },
    { name: "Parents", value: parents.length > 0 && <span className="flex gap-2">{parents.map(link)}</span> },
    { name: "Links", value: commit.links.length > 0 ? <Links links={commit.links} /> : null },
  ].filter(({ value }) => value !== false);
}
