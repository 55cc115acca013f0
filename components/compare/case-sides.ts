import type { CompareCaseRead, CompareCaseRun } from "@/lib/queries/compareCase";

/** A side of one case, as its charts need it; values in the metric's unit. */
export type CaseSide = {
  which: "baseline" | "contender";
  label: string;
  /** Geometric mean of the runs that count. */
  value: number | null;
  runs: readonly CompareCaseRun[];
};

/** Baseline and contender. */
export type CaseSides = readonly [CaseSide, CaseSide];

export function sidesOf(read: CompareCaseRead): CaseSides {
  const side = (which: CaseSide["which"]): CaseSide => ({
    which,
    label: read[which].label,
    value: read.row?.[which].value ?? null,
    runs: read.runs[which],
  });
  return [side("baseline"), side("contender")];
}

/** All samples of a side. */
export const samplesOf = ({ runs }: CaseSide): number[] => runs.flatMap(({ samples }) => samples);
