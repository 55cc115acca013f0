/** A run of a side, as the page of a case shows it; values in the metric's unit. */
export type CaseRun = {
  key: string;
  startedAt: string | null;
  /** null: no value in this run. */
  median: number | null;
  samples: readonly number[];
  /** Why it has no value. */
  outcome: string | null;
  /** Slow or fast in all its rows. */
  slow: boolean;
  links: readonly { name: string; href: string }[];
};

export type CaseSide = {
  which: "baseline" | "contender";
  label: string;
  /** Geometric mean of its runs. */
  value: number | null;
  runs: readonly CaseRun[];
};

/** All samples of a side. */
export const samplesOf = ({ runs }: CaseSide): number[] => runs.flatMap(({ samples }) => [...samples]);
