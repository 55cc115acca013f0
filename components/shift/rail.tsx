import Link from "next/link";
import type { ReactNode } from "react";
import { MemberDelta } from "@/components/frame/largest";
import { Command } from "@/components/ui/state";
import { Cell, Head, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { metricLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatRange, shortSha } from "@/lib/format/time";
import type { NextRead } from "@/lib/queries/next";
import type { RangeCommit, ShiftRead } from "@/lib/queries/shift";
import type { Member } from "@/lib/shift/summary";
import { commitUrl } from "@/lib/urls/commit";
import { diffUrl, pullRequestUrl } from "@/lib/urls/repository";
import { Facts } from "./facts";
import { NextRuns } from "./next-runs";
import type { DrawnMember } from "./pairs";
import { Part } from "./rail-part";
import { causeText, logText, rangeHistoryText } from "./words";

/** What people decided, the commits of the range, and what was told. */
export function Rail({ shift, next, triage }: { shift: ShiftRead; next: NextRead; triage: ReactNode }) {
  return (
    <aside aria-label="Triage and range" className="flex min-w-0 flex-col gap-7">
      {triage}
      <Facts shift={shift} />
      <Range shift={shift} />
      <NextRuns slug={shift.project.slug} next={next} />
      <Reported shift={shift} />
      <Log shift={shift} />
    </aside>
  );
}

function Range({ shift }: { shift: ShiftRead }) {
  const { project, commits, commitsBetween, lastGood, firstShifted } = shift;
  const diff = diffUrl(project.repository, lastGood, firstShifted);
  return (
    <Part
      id="commits"
      title="Commits in the range"
      count={commitsBetween === null ? undefined : commitsBetween + 1}
      right={
        diff && (
          <a href={diff} className="link" target="_blank" rel="noopener noreferrer nofollow">
            Diff
          </a>
        )
      }
    >
      {commits.length === 0 ? (
        <p className="sha">{formatRange(lastGood, firstShifted)}</p>
      ) : (
        <Table label="Commits in the range" className="[&_td]:px-1.5">
          <tbody>
            {commits.map((commit) => (
              <CommitRow key={commit.sha} commit={commit} shift={shift} />
            ))}
          </tbody>
        </Table>
      )}
      <p className="mt-3 text-label text-ink-3">
        {shift.state === "withdrawn" ? "The range as it was last told." : causeText(shift)}
        {rangeHistoryText(shift) && ` ${rangeHistoryText(shift)}`}
        {commitsBetween !== null && commits.length < commitsBetween + 2 && ` The newest ${commits.length} are listed.`}
      </p>
      {commitsBetween !== null && commitsBetween > 0 && shift.state !== "withdrawn" && (
        <details className="mt-1 text-label text-ink-3">
          <summary className="cursor-pointer hover:text-ink">List those to measure</summary>
          <Command>{`git rev-list --first-parent --reverse ${shortSha(lastGood)}..${shortSha(firstShifted)}`}</Command>
        </details>
      )}
    </Part>
  );
}

function CommitRow({ commit, shift }: { commit: RangeCommit; shift: ShiftRead }) {
  const { project } = shift;
  const pull = commit.pullRequest === null ? null : pullRequestUrl(project.repository, commit.pullRequest);
  return (
    <tr title={commit.subject ?? undefined}>
      <Cell>
        <Link href={commitUrl(project.slug, commit.sha)} className="sha hover:underline" prefetch={false}>
          {shortSha(commit.sha)}
        </Link>
      </Cell>
      <Cell>
        {pull ? (
          <a href={pull} className="link" target="_blank" rel="noopener noreferrer nofollow">
            #{commit.pullRequest}
          </a>
        ) : (
          commit.pullRequest !== null && `#${commit.pullRequest}`
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-ink-2">
        <Time at={commit.committedAt} />
      </Cell>
      <Cell numeric>{placeText(commit, shift)}</Cell>
    </tr>
  );
}

function placeText({ sha, measured }: RangeCommit, { firstShifted, lastGood }: ShiftRead) {
  if (sha === firstShifted) return <span className="font-medium">first shifted</span>;
  if (sha === lastGood) return <span className="text-ink-2">last good</span>;
  return <span className="text-ink-3">{measured ? "measured" : "not measured"}</span>;
}

const MOST_REPORTED = 3;

function Reported({ shift }: { shift: ShiftRead }) {
  const { reported, members } = shift;
  const shown = reported.members.slice(0, MOST_REPORTED);
  const isSameRange = reported.lastGood === shift.lastGood && reported.firstShifted === shift.firstShifted;
  return (
    <Part title="As reported, and now">
      <Table label="As reported, and now">
        <thead>
          <tr>
            <Head>Largest series</Head>
            <Head numeric>Reported</Head>
            <Head numeric>Now</Head>
          </tr>
        </thead>
        <tbody>
          {shown.map((member) => (
            <ReportedRow
              key={keyOf(member)}
              member={member}
              now={members.find((one) => keyOf(one) === keyOf(member))}
              elsewhere={shift.partOf === null ? "gone" : `in #${shift.partOf}`}
            />
          ))}
        </tbody>
      </Table>
      <p className="mt-3 text-label text-ink-3">
        Reported on <Time at={reported.at} withTime /> with {plural(reported.changepoints, "changepoint")}, now{" "}
        {shift.membersTotal}; the range{" "}
        {isSameRange ? (
          "is as reported"
        ) : (
          <>
            was <span className="sha">{formatRange(reported.lastGood, reported.firstShifted)}</span>
          </>
        )}
        .
      </p>
    </Part>
  );
}

const keyOf = ({
  workload,
  params,
  metric,
  environment,
}: Pick<Member, "workload" | "params" | "metric" | "environment">) =>
  JSON.stringify([workload, params, metric, environment]);

type ReportedProps = { member: Member; now: DrawnMember | undefined; elsewhere: string };

function ReportedRow({ member, now, elsewhere }: ReportedProps) {
  return (
    <tr>
      <Cell>
        <span className="block truncate">{member.workload}</span>
        <span className="block text-label text-ink-3">
          {metricLabel(member.metric, member.metricName)}, {member.environment}
        </span>
      </Cell>
      <Cell numeric>
        <MemberDelta member={member} />
      </Cell>
      <Cell numeric>{now ? <MemberDelta member={now} /> : <span className="text-ink-3">{elsewhere}</span>}</Cell>
    </tr>
  );
}

function Log({ shift }: { shift: ShiftRead }) {
  if (shift.log.length === 0) return null;
  return (
    <Part title="What was told">
      <ol className="flex flex-col gap-1.5">
        {shift.log.map((entry) => (
          <li key={`${entry.at} ${entry.kind}`}>
            {logText(entry)}
            <span className="block text-label text-ink-3">
              <Time at={entry.at} withTime />
            </span>
          </li>
        ))}
      </ol>
    </Part>
  );
}
