import { overallText } from "@/lib/format/comparison";
import { plural } from "@/lib/format/number";
import type { CompareSide, Comparison } from "@/lib/queries/compare";

/** "scheduling / baseline (5227979), 5 runs". */
export const sideWords = ({ label, sha, runs }: CompareSide) =>
  `${label}${sha && !sha.startsWith(label) ? ` (${sha.slice(0, 7)})` : ""}, ${plural(runs, "run")}`;

/** A sentence per metric: how all its rows moved together. */
export const overallOf = ({ metrics, summary }: Comparison): string[] =>
  metrics.flatMap(({ name, displayName }) => {
    const found = summary.metrics.find(({ metric }) => metric === name);
    const text = found ? overallText(found, displayName) : null;
    return text === null ? [] : [text];
  });
