"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import type { AxisCommit } from "@/components/charts/chart-store";
import { Time } from "@/components/ui/time";
import { formatChange } from "@/lib/format/change";
import { formatRange, shortSha } from "@/lib/format/time";
import { formatScaled, formatValue, type Scale } from "@/lib/format/unit";
import type { SeriesPoint, SeriesRead } from "@/lib/queries/series";
import { commitUrl } from "@/lib/urls/commit";
import { compareUrl } from "@/lib/urls/compare";
import { diffUrl, pullRequestUrl } from "@/lib/urls/repository";

/** One metric's line as the card needs it. */
export type PinnedLine = {
  label: string;
  read: SeriesRead;
  scale: Scale;
  points: ReadonlyMap<string, SeriesPoint>;
};

/** Lines that the card lists; the charts tell the others. */
const MOST_ROWS = 8;

type Props = {
  project: { slug: string; repository: string | null };
  pins: readonly AxisCommit[];
  lines: readonly PinnedLine[];
  /** The measured commit before a pinned one. */
  previous: AxisCommit | null;
  style: { left: number; top: number };
  /** What may be corrected here, for whoever may. */
  actions?: ReactNode;
  onClose: () => void;
};

/** What was measured at a pinned commit; for two of them, how they differ. A difference of two points has no verdict. */
export function PinCard({ project, pins, lines, previous, style, actions, onClose }: Props) {
  const [first, second] = pins;
  if (!first) return null;
  return (
    <section
      aria-label={second ? "Two pinned commits" : "Pinned commit"}
      style={style}
      className="absolute z-30 w-[288px] rounded-3 bg-raised px-3 py-2.5 text-label leading-[18px] shadow-float [border-top:2px_solid_var(--accent)]"
    >
      <CardHead pins={pins} lines={lines} />
      <dl className="my-1.5 grid grid-cols-[1fr_auto_auto] gap-x-2 text-ink-2">
        {lines.slice(0, MOST_ROWS).map((line) => (
          <Line key={line.label} line={line} first={first} second={second ?? null} />
        ))}
      </dl>
      {lines.length > MOST_ROWS && <p className="text-ink-3">and {lines.length - MOST_ROWS} more lines</p>}
      {!second && <p className="text-ink-3">{runsText(first, lines)}</p>}
      <div className="-mx-3 mt-2 flex gap-3 border-t border-line px-3 pt-2">
        <Links project={project} first={first} second={second ?? null} previous={previous} lines={lines} />
        {!second && actions}
        <button type="button" className="ml-auto text-ink-3 hover:text-ink" onClick={onClose}>
          Esc
        </button>
      </div>
    </section>
  );
}

function CardHead({ pins: [first, second], lines }: Pick<Props, "pins" | "lines">) {
  if (!first) return null;
  const tags = second
    ? []
    : (lines[0]?.read.releases ?? []).filter(({ sha }) => sha === first.sha).map(({ tag }) => tag);
  return (
    <div className="flex justify-between gap-2 text-base">
      <span className="sha font-medium text-ink">
        {second ? formatRange(first.sha, second.sha) : shortSha(first.sha)}
      </span>
      <span className="truncate text-ink-2">
        {second ? (
          "difference"
        ) : (
          <>
            <Time at={first.committedAt} />
            {tags.map((tag) => ` · ${tag}`)}
          </>
        )}
      </span>
    </div>
  );
}

type LineProps = { line: PinnedLine; first: AxisCommit; second: AxisCommit | null };

function Line({ line: { label, read, scale, points }, first, second }: LineProps) {
  const at = points.get(first.sha);
  const then = second ? points.get(second.sha) : null;
  const level = at && read.segments.find((one) => one.first <= at.position && at.position <= one.last)?.level;
  const shown = second ? then : at;
  const base = second ? at?.value : level;
  const change = shown && base ? shown.value / base - 1 : null;
  return (
    <>
      <dt className="truncate">{label}</dt>
      <dd className="text-right whitespace-nowrap">
        {second && at && `${formatScaled(at.value, scale)} → `}
        <span className="font-medium text-ink">{shown ? formatValue(shown.value, scale) : "–"}</span>
      </dd>
      <dd className="text-right text-ink-3">
        {change === null ? "" : !second && Math.abs(change) < 0.005 ? "at level" : formatChange(change)}
      </dd>
    </>
  );
}

function runsText(commit: AxisCommit, lines: readonly PinnedLine[]): string {
  const line = lines.find(({ points }) => points.has(commit.sha));
  const point = line?.points.get(commit.sha);
  if (!line || !point) return "No run passed here.";
  const spread =
    point.min < point.max ? `, ${formatValue(point.min, line.scale)} to ${formatValue(point.max, line.scale)}` : "";
  return point.runs === 1
    ? `${line.label} of 1 run, n ${point.n}${spread}.`
    : `${line.label}: median of ${point.runs} runs, n ${point.n}${spread}.`;
}

type LinksProps = Pick<Props, "project" | "previous" | "lines"> & { first: AxisCommit; second: AxisCommit | null };

function Links({ project, first, second, previous, lines }: LinksProps) {
  const [base, head] = second ? inOrder(first, second) : [previous, first];
  const diff = base && diffUrl(project.repository, base.sha, head.sha);
  const pull = second || first.pullRequest === null ? null : pullRequestUrl(project.repository, first.pullRequest);
  return (
    <>
      {second && base && (
        <Link
          href={compareUrl(project.slug, {
            baseline: `commit:${base.sha}`,
            contender: `commit:${head.sha}`,
            environment: environmentOf(lines),
          })}
          className="link"
          prefetch={false}
        >
          Compare
        </Link>
      )}
      {!second && (
        <Link href={commitUrl(project.slug, first.sha)} className="link" prefetch={false}>
          Runs
        </Link>
      )}
      {pull && (
        <a href={pull} className="link" target="_blank" rel="noopener noreferrer nofollow">
          #{first.pullRequest}
        </a>
      )}
      {diff && (
        <a href={diff} className="link" target="_blank" rel="noopener noreferrer nofollow">
          {second ? "Diff" : "Diff to previous"}
        </a>
      )}
    </>
  );
}

/** The environment of all lines; null where they have several. */
function environmentOf(lines: readonly PinnedLine[]): string | null {
  const names = new Set(lines.map(({ read }) => read.environment));
  return names.size === 1 ? ([...names][0] ?? null) : null;
}

const inOrder = (a: AxisCommit, b: AxisCommit) =>
  (a.position <= b.position ? [a, b] : [b, a]) as [AxisCommit, AxisCommit];
