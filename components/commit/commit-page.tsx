import Link from "next/link";
import { MemberDelta, memberName } from "@/components/frame/largest";
import { PageHead, Section } from "@/components/frame/page-head";
import { Facts } from "@/components/run/facts";
import { Links } from "@/components/run/links";
import { RangeBullet } from "@/components/run/range-bullet";
import { exclusionWords, judgementLines } from "@/components/run/said";
import { StandingCell } from "@/components/run/standing-cell";
import { isUnusual } from "@/components/run/usual";
import { ButtonLink, buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import { formatCount, plural } from "@/lib/format/number";
import { formatRange, formatTime, shortSha } from "@/lib/format/time";
import { formatScaled, formatValue, scaleFor } from "@/lib/format/unit";
import { capitalised } from "@/lib/format/verdict";
import type { CommitMeasurement, CommitRead, CommitRun } from "@/lib/queries/commit";
import { commitUrl } from "@/lib/urls/commit";
import { compareUrl } from "@/lib/urls/compare";
import { pullRequestUrl, sourceUrl } from "@/lib/urls/repository";
import { runUrl } from "@/lib/urls/run";
import { shiftUrl } from "@/lib/urls/shift";
import { workloadUrl } from "@/lib/urls/workload";

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
              <Cell className="text-ink-2">{capitalised(status)}</Cell>
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
    { name: "Committed", value: commit.committedAt && `${formatTime(commit.committedAt)} UTC` },
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

function Runs({ slug, runs }: { slug: string; runs: CommitRun[] }) {
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
            <Head numeric>Skipped</Head>
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
              <Cell className="text-ink-2 max-sm:hidden">{run.startedAt ? formatTime(run.startedAt) : ""}</Cell>
              <Cell numeric>{run.passed}</Cell>
              <Cell numeric className={run.failed > 0 ? "text-warn" : undefined}>
                {run.failed}
              </Cell>
              <Cell numeric>{run.skipped}</Cell>
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

type MeasurementsProps = { slug: string; sha: string; measurements: CommitMeasurement[]; all: boolean };

/** Series at once; ?all=1 shows the rest. */
const SHOWN = 500;

function Measurements({ slug, sha, measurements, all }: MeasurementsProps) {
  const shown = all ? measurements : measurements.slice(0, SHOWN);
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
            <Head>Metric</Head>
            <Head>Environment</Head>
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
        Bar: 5 to 95 % of the points of the same segment; line: its level; dot: this commit. A dark dot lies outside;
        that is no verdict, one in ten does. z: sds of a point from the level; far: four and more. Experiments and
        controls are left out. Times are UTC.
      </p>
    </Section>
  );
}

function MeasurementRow({ slug, sha, one }: { slug: string; sha: string; one: CommitMeasurement }) {
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
  const scale = scaleFor([one.value, one.usual?.level ?? null], one.unit);
  const [least, most] = [formatScaled(one.min, scale), formatScaled(one.max, scale)];
  return (
    <Row>
      <Cell>
        <Link href={url} className="font-medium hover:underline underline-offset-3" prefetch={false}>
          {one.workload}
        </Link>
        {given && <span className="text-ink-3"> {given}</span>}
      </Cell>
      <Cell className="text-ink-2">{metricLabel(one.metric, one.metricName)}</Cell>
      <Cell className="text-ink-2">{one.environment}</Cell>
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
