import { NBSP, plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { NextRead } from "@/lib/queries/next";

/** "some 4 runs to one commit are to be expected", of which the next ones are some. */
export function expectedText({ expectedRuns }: Pick<NextRead, "expectedRuns">): string {
  if (expectedRuns === null) return "how many more runs lead to one commit cannot be told, the noise is too large";
  const runs = Math.max(1, Math.round(expectedRuns));
  return `about ${plural(runs, "run")} to one commit, ${runs === 1 ? "this one" : "this included"}`;
}

/** A probability: "37 %", "< 1 %", "> 99 %"; certain is never said of what rests on noise. */
export function shareText(probability: number): string {
  if (probability < 0.01) return `<${NBSP}1${NBSP}%`;
  if (probability > 0.99) return `>${NBSP}99${NBSP}%`;
  return `${Math.round(100 * probability)}${NBSP}%`;
}

const NAMED = 3;

/** Which commits no run is asked for. */
export function avoidedText(avoided: readonly Pick<NextRead["avoided"][number], "sha" | "outcome">[]): string {
  const named = [...new Set(avoided.map(({ sha }) => shortSha(sha)))];
  const more = named.length - NAMED;
  const list = `${named.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  const verb = avoided.every(({ outcome }) => outcome === "skipped") ? "was skipped" : "did not run";
  return `Nothing of this shift passed at ${list}: it ${verb} there, so a neighbour stands in.`;
}
