import Link from "next/link";
import { PageHead, Section } from "@/components/frame/page-head";
import { ButtonLink, buttonClasses } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { plural } from "@/lib/format/number";
import { shortRevision } from "@/lib/format/revision";
import { shortSha } from "@/lib/format/time";
import type { RunRead } from "@/lib/queries/run";
import { apiUrl } from "@/lib/urls/api";
import { commitUrl } from "@/lib/urls/commit";
import { compareUrl } from "@/lib/urls/compare";
import { diffUrl, pullRequestUrl } from "@/lib/urls/repository";
import { runUrl } from "@/lib/urls/run";
import { changedComponents, revisionsOf } from "./components-changed";
import { ExternalLink } from "./external-link";
import { Facts, factsText } from "./facts";
import { Exclusions, LeaveOut } from "./leave-out";
import { Links } from "./links";
import { metricsOf, RunMatrix } from "./run-matrix";
import { RunTable } from "./run-table";
import { judgementLines } from "./said";
import { isUnusual } from "./usual";

/** Results at once; ?all=1 shows the rest. */
const SHOWN = 100;
/** Metrics that a matrix has room for. */
const MATRIX_METRICS = 6;

/** One run: where and when, and everything it measured. No verdicts: one run proves nothing. */
export function RunPage({ run, all, values }: { run: RunRead; all: boolean; values: boolean }) {
  const { slug } = run.project;
  const shown = all ? run.results : run.results.slice(0, SHOWN);
  const isMatrix = metricsOf(shown).length <= MATRIX_METRICS;
  const [other] = run.others;
  return (
    <>
      <PageHead
        path={
          <>
            Runs of{" "}
            <Link href={commitUrl(slug, run.sha)} className="sha link" prefetch={false}>
              {shortSha(run.sha)}
            </Link>
          </>
        }
        title={<span className="font-mono">{run.key}</span>}
        sentence={<Sentence run={run} />}
      >
        <Neighbours run={run} />
        {other && <ButtonLink href={runUrl(slug, other.key)}>Other run of this commit</ButtonLink>}
        {run.previous && (
          <ButtonLink href={compareUrl(slug, { baseline: `run:${run.previous.key}`, contender: `run:${run.key}` })}>
            Compare with the run before
          </ButtonLink>
        )}
        {run.may.triage && run.experiment === null && <LeaveOut run={run} />}
        <a href={apiUrl.run(slug, run.key)} className={buttonClasses("ghost")}>
          Document
        </a>
      </PageHead>
      <Facts items={factsOf(run)} />
      <Section title="Results" note={resultsNote(run, shown.length)}>
        {isMatrix ? <RunMatrix run={run} results={shown} /> : <RunTable run={run} results={shown} />}
        {shown.length < run.results.length && (
          <p className="mt-3">
            <Link href={runUrl(slug, run.key, { all: true, values })} className="link" prefetch={false} scroll={false}>
              Show all {run.results.length} results
            </Link>
          </p>
        )}
        <p className="mt-3 max-w-[100ch] text-label text-ink-3">
          Bar: 5 to 95 % of the points of the same segment; line: its level; dot: this run. A strong dot lies outside;
          that is no verdict, one in ten does. A failed workload has no value, never a zero. Times are UTC.
        </p>
      </Section>
      {isMatrix && (
        <div className="mt-6">
          <Link
            href={runUrl(slug, run.key, { all, values: !values })}
            className="link"
            aria-expanded={values}
            prefetch={false}
            scroll={false}
          >
            {values ? "Hide the table of all values" : "All values as a table, in words and with units as sent"}
          </Link>
          {values && (
            <div className="mt-3">
              <RunTable run={run} results={shown} />
            </div>
          )}
        </div>
      )}
    </>
  );
}

/** The runs before and after it in this environment, along the default branch. */
function Neighbours({ run: { project, environment, previous, next } }: { run: RunRead }) {
  const step = (one: { key: string; sha: string } | null, label: string, glyph: string) =>
    one && (
      <Link
        href={runUrl(project.slug, one.key)}
        className={buttonClasses()}
        aria-label={`${label} run in ${environment}, at ${shortSha(one.sha)}`}
        title={`${label} run in ${environment}: ${one.key}`}
        prefetch={false}
      >
        {glyph} <span className="sha">{shortSha(one.sha)}</span>
      </Link>
    );
  return (
    <>
      {step(previous, "Previous", "←")}
      {step(next, "Next", "→")}
    </>
  );
}

const resultsNote = ({ results }: RunRead, shown: number) =>
  shown < results.length ? `${shown} of ${results.length}, failures first` : String(results.length);

function Sentence({ run }: { run: RunRead }) {
  const { results } = run;
  const named = (outcome: string) =>
    results.filter((result) => result.outcome === outcome).map(({ workload }) => workload);
  const [failed, skipped] = [named("failed"), named("skipped")];
  const passed = results.length - failed.length - skipped.length;
  const values = results.flatMap(({ metrics }) => metrics);
  const ranged = values.filter(({ usual }) => usual !== null);
  const unusual = ranged.filter(({ value, usual }) => isUnusual(value, usual)).length;
  return (
    <>
      <b>
        {passed} of {plural(results.length, "result")} passed
      </b>
      {failed.length > 0 && <span className="text-warn">; {listed(failed)} failed</span>}
      {skipped.length > 0 && `; ${listed(skipped)} skipped`}.{" "}
      {ranged.length > 0 && (
        <>
          <b>
            {unusual} of {plural(ranged.length, "value")}
          </b>{" "}
          {unusual === 1 ? "lies" : "lie"} outside the range that 9 in 10 points of their segment keep.{" "}
        </>
      )}
      {run.experiment !== null && "It belongs to an experiment, so it is on no trend. "}
      {run.excluded !== null && <span className="text-warn">It is left out of all statistics.</span>}
    </>
  );
}

const listed = (names: string[]) => (names.length <= 3 ? names.join(", ") : String(names.length));

function factsOf(run: RunRead) {
  const { slug, repository } = run.project;
  const pull = run.pullRequest === null ? null : pullRequestUrl(repository, run.pullRequest);
  return [
    {
      name: "Commit",
      value: (
        <>
          <Link href={commitUrl(slug, run.sha)} className="sha link" prefetch={false}>
            {shortSha(run.sha)}
          </Link>{" "}
          {pull ? <ExternalLink href={pull} text={`#${run.pullRequest}`} /> : run.pullRequest && `#${run.pullRequest}`}{" "}
          <span className="text-ink-2">{run.subject}</span>
          {run.committedAt && (
            <span className="text-ink-3">
              {" "}
              <Time at={run.committedAt} withTime />
            </span>
          )}
        </>
      ),
    },
    { name: "Branch", value: run.branch },
    { name: "Ran", value: (run.startedAt || run.finishedAt) && <Ran run={run} /> },
    {
      name: "Environment",
      value: (
        <>
          {run.environment} <span className="text-ink-3">{factsText(run.facts)}</span>
        </>
      ),
    },
    { name: "Experiment", value: run.experiment && [run.experiment, run.variant].filter(Boolean).join(" / ") },
    { name: "As a whole", value: run.judgements.length > 0 && <Said lines={judgementLines(run.judgements)} /> },
    { name: "Excluded", value: run.exclusions.length > 0 && <Exclusions run={run} /> },
    { name: "Components", value: <Components run={run} /> },
    { name: "Tags", value: factsText(run.tags) },
    { name: "Job", value: run.url && <ExternalLink href={run.url} text={run.url} /> },
    { name: "Links", value: run.links.length > 0 ? <Links links={run.links} /> : null },
    { name: "Received", value: <Time at={run.receivedAt} withTime /> },
  ].filter(({ value }) => value !== false);
}

const Said = ({ lines }: { lines: string[] }) => (
  <ul>
    {lines.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
);

/** "25 Nov 2026, 01:24 UTC · 23 s". */
function Ran({ run: { startedAt, finishedAt } }: { run: RunRead }) {
  const seconds = startedAt && finishedAt ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : null;
  return (
    <>
      {!startedAt && "finished "}
      <Time at={startedAt ?? finishedAt} withTime />
      {seconds !== null && seconds >= 0 && ` · ${durationText(seconds)}`}
    </>
  );
}

function durationText(seconds: number): string {
  if (seconds < 120) return plural(Math.round(seconds), "s", "s");
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? plural(minutes, "min", "min") : `${(minutes / 60).toFixed(1)} h`;
}

/** All components, and what differs from the run before in this environment. */
function Components({ run }: { run: RunRead }) {
  const all = [...revisionsOf(run.components)];
  if (all.length === 0) return <span className="text-ink-3">none were sent</span>;
  const { previous } = run;
  const changed = previous ? changedComponents(previous.components, run.components) : [];
  return (
    <>
      {all.map(([name, revision]) => (
        <span key={name} className="mr-3 inline-block whitespace-nowrap">
          {name} <span className="sha">{shortRevision(revision)}</span>
        </span>
      ))}
      {previous && (
        <span className="block text-ink-3">
          {changed.length === 0 ? "As in" : "Changed since"}{" "}
          <Link href={runUrl(run.project.slug, previous.key)} className="link" prefetch={false}>
            the run before
          </Link>{" "}
          at <span className="sha">{shortSha(previous.sha)}</span>
          {changed.length > 0 && ": "}
          {changed.map(({ name, before, now }, i) => (
            <span key={name}>
              {i > 0 && ", "}
              {name} <RevisionStep repository={run.repositories[name] ?? null} before={before} now={now} />
            </span>
          ))}
        </span>
      )}
    </>
  );
}

type StepProps = { repository: string | null; before: string | null; now: string | null };

/** "0cbc46a → 9146709", linked to what lies between where the project states the component's repository. */
function RevisionStep({ repository, before, now }: StepProps) {
  const text = (revision: string | null) => (revision === null ? "(none)" : shortRevision(revision));
  const url = before !== null && now !== null ? diffUrl(repository, before, now) : null;
  return url ? (
    <span className="sha">
      <ExternalLink href={url} text={`${text(before)} → ${text(now)}`} />
    </span>
  ) : (
    <span className="sha">
      {text(before)} → {text(now)}
    </span>
  );
}
