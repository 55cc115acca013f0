import Link from "next/link";
import type { ReactNode } from "react";
import { classes } from "@/components/ui/classes";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format/number";
import { formatTime, shortSha } from "@/lib/format/time";
import { acceptedShifts } from "@/lib/release/decide";
import type { ReportRead } from "@/lib/release/read";
import { bySize, countRows, countsSentence, methodTexts, reportTitle, verdictRest } from "@/lib/release/words";
import { apiUrl } from "@/lib/urls/api";
import { commitUrl } from "@/lib/urls/commit";
import type { ReleaseSelection } from "@/lib/urls/releases";
import { releaseUrl } from "@/lib/urls/releases";
import { Better } from "./better";
import { Changes } from "./changes";
import { DocBar } from "./doc-bar";
import { Differences, InForce, Troubles } from "./lists";
import { Part } from "./part";
import { RowsTable } from "./rows-table";
import { ShiftBlock } from "./shift-block";
import { SignOff } from "./sign-off";
import { Drifts, Untold } from "./untold";

type Props = {
  report: ReportRead;
  selection: ReleaseSelection;
  branch: string;
  /** Absolute, of exactly this report. */
  permalink: string;
  mayTriage: boolean;
};

/** A release report as a document: the verdict, what it rests on, who decided. */
export function ReportPage({ report, selection, branch, permalink, mayTriage }: Props) {
  const { figures, decided, project } = report;
  const { candidate, baseline } = figures;
  const rest = verdictRest(decided);
  const asked = {
    candidate: candidate.name,
    ...(report.state === "draft" ? { against: selection.against } : { report: report.number }),
  };
  const all = selection.show === "all";
  const urlOfAll = releaseUrl(project.slug, candidate.name, { ...selection, show: "all" });
  return (
    <article className="mx-auto max-w-[800px] text-read print:max-w-none">
      <DocBar
        slug={project.slug}
        label={candidate.label}
        permalink={permalink}
        markdown={apiUrl.reportMarkdown(project.slug, asked)}
        csv={apiUrl.report(project.slug, { ...asked, format: "csv" })}
        isOpen={mayTriage && report.state !== "signed" && report.state !== "rejected"}
      />
      <header>
        <p className="text-ink-3">
          Pre-release report · {project.name} · <Standing report={report} />
        </p>
        <h1 className="mt-1 mb-2 text-[26px] leading-[34px] font-semibold tracking-[-0.02em] text-pretty [overflow-wrap:anywhere]">
          {reportTitle(report)}
        </h1>
        <p className="text-[15px] leading-6 text-pretty text-ink-2">
          {rest !== "" && <b className="font-semibold text-ink">{rest}. </b>}
          {baseline ? countsSentence(figures) : <FirstRelease />}
        </p>
        {figures.pending > 0 && (
          <p className="mt-2 text-warn">
            The analysis of {formatCount(figures.pending)} sent bodies is not done yet: this draft will change.
          </p>
        )}
        {selection.against !== null && (
          <p className="mt-2 text-ink-2">
            Compared with {baseline?.label} on request.{" "}
            <Link className="link" href={releaseUrl(project.slug, candidate.name)}>
              Compare with the last release
            </Link>
          </p>
        )}
        <Moved report={report} />
      </header>
      <Facts report={report} />
      <Worse report={report} branch={branch} urlOfAll={all ? null : urlOfAll} />
      <Drifts slug={project.slug} figures={figures} />
      <Better report={report} urlOfAll={all ? null : urlOfAll} />
      <Untold report={report} all={all} urlOfAll={urlOfAll} />
      <Troubles slug={project.slug} figures={figures} />
      <InForce report={report} mayTriage={mayTriage} />
      <Differences figures={figures} />
      <Changes report={report} />
      <Part title="Method">
        {methodTexts(report).map((text) => (
          <p key={text} className="mb-2 max-w-[72ch] text-pretty text-ink-2">
            {text}
          </p>
        ))}
      </Part>
      <SignOff
        slug={project.slug}
        candidate={candidate.name}
        state={report.state}
        number={report.number}
        revision={report.revision}
        against={selection.against}
        blocks={decided.blocks}
        pending={figures.pending}
        mayTriage={mayTriage}
        decided={decidedText(report)}
      />
    </article>
  );
}

function FirstRelease() {
  return (
    <>
      No tagged commit is known among its first parents, so there is nothing to compare it with. If there should be,
      send the history with <code className="sha">tidemark commits</code> and the tags with{" "}
      <code className="sha">tidemark releases</code>, or choose a side with <code className="sha">?against=</code>.
    </>
  );
}

function Standing({ report: { state, figures, frozenAt, project, decidedBy } }: { report: ReportRead }) {
  const { sha } = figures.candidate;
  return (
    <>
      {state === "draft" ? "draft of the analysis of " : "frozen "}
      <Time at={state === "draft" ? figures.computedAt : frozenAt} withTime /> at{" "}
      <Link href={commitUrl(project.slug, sha)} prefetch={false} className="sha link">
        {shortSha(sha)}
      </Link>
      {state === "signed" && <b className="font-medium text-ink"> · signed off by {decidedBy}</b>}
      {state === "rejected" && <b className="font-medium text-warn"> · rejected by {decidedBy}</b>}
    </>
  );
}

/** Signed or rejected, by whom, when and why. */
function decidedText({ state, decidedAt, decidedBy, reason }: ReportRead): string | null {
  if (state !== "signed" && state !== "rejected") return null;
  const word = state === "signed" ? "Signed off" : "Rejected";
  return `${word} by ${decidedBy}, ${formatTime(decidedAt)} UTC${reason ? `: ${reason}` : ""}`;
}

/** A tag that was moved since: what stands here is about the commit it named then. */
function Moved({ report: { since } }: { report: ReportRead }) {
  const moved = since?.filter(({ kind }) => kind === "side") ?? [];
  return moved.map(({ text }) => (
    <p key={text} className="mt-2 text-warn">
      {text}. This report stands for the commit above.
    </p>
  ));
}

function Facts({ report: { figures, decided } }: { report: ReportRead }) {
  const counts = countRows(figures);
  const blocks = decided.blocks.length;
  const facts: [string, ReactNode, string?][] = [
    ["Blocks", blocks > 0 ? formatCount(blocks) : "none", blocks > 0 ? "text-warn" : undefined],
    ["Worse", formatCount(counts.worse)],
    ["Better", formatCount(counts.better)],
    ["Unchanged", formatCount(counts.unchanged)],
    ["Cannot be told", formatCount(counts.untold)],
    ["Failing, missing", formatCount(counts.missing)],
  ];
  return (
    <dl className="mt-6 mb-2 grid grid-cols-6 gap-3 border-t border-b border-t-ink border-b-line py-3 max-sm:grid-cols-3">
      {facts.map(([name, value, tone]) => (
        <div key={name} className="flex flex-col">
          <dt className="text-label text-ink-3">{name}</dt>
          <dd className={classes("m-0 text-title font-medium", tone)}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Worse({ report, branch, urlOfAll }: { report: ReportRead; branch: string; urlOfAll: string | null }) {
  const { figures, decided, project } = report;
  const rows = bySize(figures.rows.filter(({ verdict }) => verdict === "regression"));
  const shown = decided.worse.filter(({ outcome }) => outcome !== "gone");
  const gone = decided.worse.filter(({ outcome }) => outcome === "gone");
  return (
    <Part title="What got worse">
      {shown.map((shift) => (
        <ShiftBlock
          key={shift.number}
          slug={project.slug}
          shift={shift}
          candidate={figures.candidate.label}
          branch={branch}
        />
      ))}
      {rows.length > 0 && (
        <RowsTable
          label="What got worse"
          slug={project.slug}
          figures={figures}
          rows={rows}
          accepted={acceptedShifts(decided)}
          urlOfAll={urlOfAll}
        />
      )}
      {shown.length + rows.length === 0 && <p className="text-ink-2">Nothing.</p>}
      {gone.length > 0 && (
        <p className="mt-3 max-w-[72ch] text-ink-2">
          Came and went before the release:{" "}
          {gone.map(({ number, title, text }, i) => (
            <span key={number}>
              {i > 0 && "; "}#{number} {title} ({text})
            </span>
          ))}
          .
        </p>
      )}
    </Part>
  );
}
