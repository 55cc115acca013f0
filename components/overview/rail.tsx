import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { Freshness } from "@/lib/queries/freshness";
import type { Troubles } from "@/lib/queries/troubles";
import { releasesUrl } from "@/lib/urls/releases";
import { workloadsUrl } from "@/lib/urls/workloads";
import { ITEM, TroubleItems } from "./trouble-items";

/** Measured commits that a failure is told for. */
const RECENT = 100;
/** Measured commits without a run after which an environment has stopped reporting. */
const ENDED_AFTER = 5;

/** What stands beside the shifts: the next release, how new the data are, what fails. */
export function Rail({
  project,
  freshness,
  troubles,
  defaultBranch,
}: {
  project: string;
  freshness: Freshness;
  troubles: Troubles;
  defaultBranch: string;
}) {
  const ended = freshness.environments.filter(({ behind }) => behind >= ENDED_AFTER);
  return (
    <aside className="grid content-start gap-6 sm:max-lg:grid-cols-2" aria-label="State of the data">
      {freshness.release && <NextRelease project={project} release={freshness.release} />}
      <Fresh freshness={freshness} branch={defaultBranch} />
      <Part title="Missing and failed">
        {troubles.items.length === 0 && ended.length === 0 && (
          <p className="text-ink-2">
            Everything reports, and nothing failed in the last {formatCount(RECENT)} measured commits.
          </p>
        )}
        <ul className="grid gap-2">
          {ended.map(({ name, behind, sha, committedAt }) => (
            <li key={name} className={ITEM}>
              <TriangleAlert className="mt-0.5 size-4 text-warn" strokeWidth={1.5} aria-hidden />
              <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">
                <b className="font-medium text-ink">{name}</b> stopped reporting: none of the last{" "}
                {plural(behind, "measured commit")} ran there. Its newest is{" "}
                <span className="sha">{shortSha(sha)}</span>, <Time at={committedAt} />.
              </span>
            </li>
          ))}
          <TroubleItems project={project} troubles={troubles.items} />
        </ul>
        {troubles.total > troubles.items.length && (
          <p className="mt-2 text-label text-ink-3">
            {formatCount(troubles.total - troubles.items.length)} more.{" "}
            <Link href={workloadsUrl(project, { show: "failing" })} className="link" prefetch={false}>
              Show workloads that fail or are missing
            </Link>
          </p>
        )}
      </Part>
    </aside>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1 text-section leading-7! font-semibold">{title}</h2>
      {children}
    </section>
  );
}

type ReleaseProps = { project: string; release: NonNullable<Freshness["release"]> };

function NextRelease({ project, release }: ReleaseProps) {
  const { tag, commitsSince, measuredSince, shiftsSince, openRegressions } = release;
  return (
    <Part title="Next release">
      <p className="text-[16px] leading-[22px] font-medium [overflow-wrap:anywhere]">After {tag}</p>
      <p className="text-ink-2">
        {commitsSince === 0
          ? "No commit since the tag."
          : `${plural(commitsSince, "commit")}, ${formatCount(measuredSince)} of them measured. ${
              shiftsSince === 0 ? "No shift" : plural(shiftsSince, "shift")
            } since the tag.`}
      </p>
      <p className={openRegressions > 0 ? "font-medium text-warn" : "text-ink-2"}>
        {openRegressions === 0
          ? "No regression since is open."
          : `${plural(openRegressions, "regression")} since ${openRegressions === 1 ? "is" : "are"} open.`}
      </p>
      <Link href={releasesUrl(project)} className="link" prefetch={false}>
        Releases and reports
      </Link>
    </Part>
  );
}

function Fresh({ freshness, branch }: { freshness: Freshness; branch: string }) {
  const { newest, behind, analysed, environments } = freshness;
  return (
    <Part title="Freshness">
      <dl className="grid grid-cols-[84px_minmax(0,1fr)] gap-x-2 gap-y-1 [&_dt]:text-ink-3">
        {newest && (
          <>
            <dt>Newest run</dt>
            <dd>
              <span className="sha">{shortSha(newest.sha)}</span> <Time at={newest.committedAt} />
            </dd>
            <dt className="truncate">Behind {branch}</dt>
            <dd>{plural(behind ?? 0, "commit")}</dd>
          </>
        )}
        <dt>Analysed</dt>
        <dd>
          {plural(analysed.series, "series", "series")},{" "}
          {analysed.pending === 0 ? "none pending" : `${formatCount(analysed.pending)} pending`}
          {analysed.at && (
            <span className="block text-ink-3">
              <Time at={analysed.at} withTime />
            </span>
          )}
        </dd>
        <dt>Environments</dt>
        <dd>
          {environments.map(({ name, measured, sha, behind }) => (
            <span key={name} className="block [overflow-wrap:anywhere]">
              {name}{" "}
              <span className="text-ink-3">
                {plural(measured, "commit")}
                {behind > 0 && `, ends at ${shortSha(sha)}`}
              </span>
            </span>
          ))}
        </dd>
      </dl>
    </Part>
  );
}
