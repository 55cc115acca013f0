"use client";
import Link from "next/link";
import { memo, type ReactNode } from "react";
import type { AxisCommit } from "@/components/charts/chart-store";
import { PageHead } from "@/components/frame/page-head";
import { CopyLink } from "@/components/ui/copy-link";
import { Time } from "@/components/ui/time";
import { paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { SeriesRelease } from "@/lib/queries/series";
import type { WorkloadRead } from "@/lib/queries/workload";
import { runUrl } from "@/lib/urls/run";
import { workloadsUrl } from "@/lib/urls/workloads";
import { linesView } from "./lines";
import type { SelectionHandle } from "./selection";
import type { Words } from "./sentence";
import { SentenceWords } from "./sentence-words";
import { Toolbar } from "./toolbar";
import { type ShownWindow, shortOf } from "./window";
import { WorkloadLinks } from "./workload-links";

type Props = AboveProps & { children: ReactNode };

type AboveProps = {
  head: WorkloadRead;
  handle: SelectionHandle;
  window: ShownWindow;
  commits: readonly AxisCommit[];
  releases: readonly SeriesRelease[];
  /** The answer of the page. */
  words: Words[];
};

/** What stands around the charts of a workload: title, sentence, links, selectors, and the newest run at the foot. */
export function WorkloadFrame({ children, ...above }: Props) {
  return (
    <>
      <Above {...above} />
      {children}
      <Foot head={above.head} />
    </>
  );
}

const Above = memo(function Above({ head, handle, window, commits, releases, words }: AboveProps) {
  return (
    <>
      <PageHead
        path={
          <Link href={workloadsUrl(head.project.slug)} className="hover:text-ink">
            Workloads
          </Link>
        }
        title={titleOf(head)}
        sentence={<SentenceWords words={words} />}
      >
        <CopyLink text={() => shareAddress(handle, window)} />
      </PageHead>
      <WorkloadLinks head={head} />
      <Notes head={head} />
      <Toolbar head={head} handle={handle} window={window} commits={commits} releases={releases} />
    </>
  );
});

function titleOf(head: WorkloadRead) {
  const params = linesView(head) === "one" ? paramsLabel(head.chosen.params) : "";
  return (
    <>
      {head.displayName ?? head.name}
      {params && <span className="font-normal text-ink-3"> {params}</span>}
    </>
  );
}

/** What a reader must know before reading the charts. */
function Notes({ head }: { head: WorkloadRead }) {
  const { branch } = head.chosen;
  return (
    <>
      {head.retiredAt && (
        <p className="mb-3 text-warn">
          Retired on <Time at={head.retiredAt} />: it raises nothing any more.
        </p>
      )}
      {head.control && (
        <p className="mb-3 text-ink-2">
          Control: the settings name it as pinned. It shows the environment, so it has no levels or shifts and stands in
          no list or comparison.
        </p>
      )}
      {branch !== head.project.defaultBranch && (
        <p className="mb-3 text-ink-2">
          Points only: levels and changepoints are told for {head.project.defaultBranch}, not for other branches.
        </p>
      )}
    </>
  );
}

const Foot = memo(function Foot({ head }: { head: WorkloadRead }) {
  const { newest, chosen } = head;
  const drawn = [...new Set(head.lines.map(({ environment }) => environment))];
  const environments = drawn.length > 0 ? drawn : chosen.environment === null ? [] : [chosen.environment];
  return (
    <p className="mt-3 text-label text-ink-3">
      {plural(head.metrics.length, "metric")} of this workload
      {environments.length > 0 && ` in ${environments.join(", ")}`}.{" "}
      {newest && (
        <>
          Newest run{" "}
          <Link href={runUrl(head.project.slug, newest.run)} className="link" prefetch={false}>
            {newest.run}
          </Link>
          {environments.length > 1 && ` in ${chosen.environment}`}, {newest.outcome} at{" "}
          <span className="sha">{shortSha(newest.sha)}</span> of <Time at={newest.committedAt} />.{" "}
        </>
      )}
      Points are medians of a commit’s runs; times are UTC.
    </p>
  );
});

/** The address with its window spelt out: the same view later, whatever has been measured meanwhile. */
function shareAddress(handle: SelectionHandle, { first, last }: ShownWindow): string {
  const ends = first && last ? { from: shortOf(first.sha), to: shortOf(last.sha) } : {};
  return globalThis.location.origin + handle.urlOf(ends);
}
