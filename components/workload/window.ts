import type { AxisCommit } from "@/components/charts/chart-store";
import { usualStep } from "@/lib/chart/pieces";
import { placeOf, type XKind } from "@/lib/chart/trend";
import type { SeriesRead } from "@/lib/queries/series";

/** The measured commits of several lines on one axis, ascending. */
export function axisCommits(reads: readonly SeriesRead[], kind: XKind): AxisCommit[] {
  const commits = new Map<string, AxisCommit>();
  for (const { points, failures, leftOut } of reads) {
    for (const { sha, position, committedAt, pullRequest } of [...points, ...failures, ...leftOut]) {
      if (commits.has(sha)) continue;
      const x = placeOf({ position, committedAt }, kind);
      if (x !== null) commits.set(sha, { sha, x, position, committedAt, pullRequest });
    }
  }
  return [...commits.values()].sort((a, b) => a.x - b.x || a.position - b.position);
}

export type ShownWindow = {
  /** First and last measured commit in it. */
  first: AxisCommit | null;
  last: AxisCommit | null;
  /** What the charts span, with half a step of room at either end. */
  domain: [number, number];
  isWhole: boolean;
};

type Tagged = { sha: string; position: number; committedAt: string | null };

/**
 * The window between two shas (or their beginnings), which may be of measured commits or of releases; null is the end of
 * the history. A sha that is not on the axis counts as not given.
 */
export function windowOf(
  commits: readonly AxisCommit[],
  releases: readonly Tagged[],
  ends: { from: string | null; to: string | null },
  kind: XKind,
): ShownWindow {
  const place = (sha: string | null) => (sha === null ? null : placeOfSha(sha, commits, releases, kind));
  const [from, to] = [place(ends.from), place(ends.to)];
  const inside = commits.filter(({ x }) => (from === null || x >= from) && (to === null || x <= to));
  const shown = inside.length > 0 ? inside : commits;
  const first = shown[0] ?? null;
  const last = shown.at(-1) ?? null;
  return {
    first,
    last,
    domain: padded(first?.x ?? 0, last?.x ?? 1, commits, kind),
    isWhole: shown.length === commits.length,
  };
}

function placeOfSha(
  sha: string,
  commits: readonly AxisCommit[],
  releases: readonly Tagged[],
  kind: XKind,
): number | null {
  const known = commits.find((commit) => commit.sha.startsWith(sha));
  if (known) return known.x;
  const release = releases.find((one) => one.sha.startsWith(sha));
  return release ? placeOf(release, kind) : null;
}

function padded(from: number, to: number, commits: readonly AxisCommit[], kind: XKind): [number, number] {
  const room =
    kind === "commits"
      ? usualStep(commits.map(({ position }) => ({ position, track: 0 }))) / 2
      : Math.max((to - from) * 0.007, 3_600_000);
  return [from - room, to + room];
}

/** The measured commits at the ends of a stretch of the axis; null where it holds fewer than two. */
export function endsOfStretch(
  commits: readonly AxisCommit[],
  from: number,
  to: number,
): { from: string; to: string } | null {
  const inside = commits.filter(({ x }) => x >= from && x <= to);
  const [first, last] = [inside[0], inside.at(-1)];
  return first && last && first !== last ? { from: shortOf(first.sha), to: shortOf(last.sha) } : null;
}

/** Ten characters keep an address readable and name one commit among many millions. */
export const shortOf = (sha: string) => sha.slice(0, 10);
