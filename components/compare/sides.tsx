import { ArrowLeftRight } from "lucide-react";
import Link from "next/link";
import { iconButtonClasses } from "@/components/ui/button";
import { Select } from "@/components/ui/menu";
import type { CompareSide } from "@/lib/queries/compare";
import { type CompareSelection, compareUrl, parseSide } from "@/lib/urls/compare";
import { type ChosenSide, SidePicker } from "./side-picker";

type Props = {
  project: string;
  selection: CompareSelection;
  /** Null where the sides are not (both) chosen, or one does not exist. */
  sides: { baseline: CompareSide; contender: CompareSide } | null;
  environments: readonly string[];
};

/** Both pickers, the swap between them, and the environment. */
export function Sides({ project, selection, sides, environments }: Props) {
  const { baseline, contender, environment } = selection;
  const to = (change: Partial<CompareSelection>) => compareUrl(project, { ...selection, page: 1, ...change });
  const names = [...new Set([...environments, ...(environment ? [environment] : [])])];
  return (
    <div className="mb-4 flex min-w-0 grow flex-wrap items-center gap-2">
      <SidePicker
        project={project}
        which="baseline"
        selection={selection}
        chosen={chosenOf(sides?.baseline, baseline)}
      />
      {baseline && contender && (
        <Link
          href={to({ baseline: contender, contender: baseline })}
          aria-label="Swap the sides"
          title="Swap the sides"
          prefetch={false}
          className={iconButtonClasses("ghost")}
        >
          <ArrowLeftRight className="size-4" strokeWidth={1.5} aria-hidden />
        </Link>
      )}
      <SidePicker
        project={project}
        which="contender"
        selection={selection}
        chosen={chosenOf(sides?.contender, contender)}
      />
      {(names.length > 1 || environment !== null) && (
        <Select
          label="Environment"
          value={environment ?? "all"}
          items={[
            { key: "", label: "All", selected: environment === null, href: to({ environment: null }) },
            ...names.map((name) => ({
              key: name,
              label: name,
              selected: name === environment,
              href: to({ environment: name }),
            })),
          ]}
        />
      )}
    </div>
  );
}

/** What is written in the address, with what the server knows of it. */
function chosenOf(side: CompareSide | undefined, written: string | null): ChosenSide | null {
  if (written === null) return null;
  if (!side) return { label: parseSide(written)?.name ?? written, sha: null, runs: 0, committedAt: null };
  const isShaLabel = side.kind === "commit";
  return {
    label: side.label,
    sha: isShaLabel ? null : side.sha,
    runs: side.runs,
    committedAt: side.committedAt,
  };
}
