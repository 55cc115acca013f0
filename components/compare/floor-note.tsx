"use client";
import { useQuery } from "@tanstack/react-query";
import { read } from "@/lib/api/read";
import { formatCount, NBSP, plural } from "@/lib/format/number";
import type { CompareFloor } from "@/lib/queries/compareFloor";
import { type CompareSelection, compareApiUrl, parseSide } from "@/lib/urls/compare";

type Props = { project: string; sides: Pick<CompareSelection, "baseline" | "contender" | "environment"> };

/** What equal sides showed in fact: read after the page, since splitting a long history takes its time. */
export function FloorNote({ project, sides }: Props) {
  const { data, error } = useQuery(read<CompareFloor>(compareApiUrl.floor(project, sides)));
  return (
    <p role="status" className="-mt-1 mb-3 min-h-6 max-w-[110ch] text-read text-ink-2">
      {error
        ? `The A/A check could not be read: ${error.message}`
        : data
          ? floorText(data)
          : "Reading the A/A check ..."}
    </p>
  );
}

function floorText({ source, copy, floor, note, falseDiscoveryRate }: CompareFloor): string {
  if (!floor) return `No A/A check. ${note ?? ""}`.trim();
  const expected = note ? ` ${note}` : "";
  if (source === "copy") {
    const name = (copy && parseSide(copy)?.name) ?? "its copy";
    return `A/A check: the baseline against its own copy ${name}, ${formatCount(floor.calls)} of ${formatCount(floor.rows)} called different.${expected}`;
  }
  const percent = (share: number) => `${Math.round(share * 100)}${NBSP}%`;
  // Runs of a history lie further apart in time than those of two sides: what moved meanwhile is in the splits too.
  const meant =
    floor.withCall > falseDiscoveryRate
      ? `, more than the ${percent(falseDiscoveryRate)} meant: this history moves by more than the noise of its runs, so sides measured at different times differ sooner`
      : "";
  return `A/A check: ${plural(floor.comparisons, "random split")} of the history into ${floor.runs.baseline} and ${plural(floor.runs.contender, "run")}: a false call in ${percent(floor.withCall)} of them${meant}.${expected}`;
}
