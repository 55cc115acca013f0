import Link from "next/link";
import { PageHead, Section } from "@/components/frame/page-head";
import { Command, ErrorState } from "@/components/ui/state";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { SideItem, Suggestion } from "@/lib/queries/compareSideList";
import { type CompareSelection, compareUrl } from "@/lib/urls/compare";
import { Sides } from "./sides";

type Props = {
  project: string;
  selection: CompareSelection;
  suggestions: readonly Suggestion[];
  /** Why the chosen sides cannot be read: one does not exist. */
  fault: string | null;
};

/** Two pickers, and what somebody may want to compare. */
export function ChooseSides({ project, selection, suggestions, fault }: Props) {
  return (
    <>
      <PageHead
        title="Compare"
        sentence="Is one side better than the other, where, by how much, and how sure are we?"
      />
      <Sides project={project} selection={selection} sides={null} environments={[]} />
      {fault && <ErrorState title="These sides cannot be compared">{fault}</ErrorState>}
      {suggestions.length > 0 ? (
        <Section title="For example" className="mt-4">
          <ul className="flex flex-col gap-1">
            {suggestions.map(({ baseline, contender }) => (
              <li key={`${baseline.side} ${contender.side}`}>
                <Link
                  href={compareUrl(project, { baseline: baseline.side, contender: contender.side })}
                  prefetch={false}
                  className="-mx-2 inline-flex min-h-(--control) flex-wrap items-baseline gap-x-2 rounded-2 px-2 py-1 hover:bg-surface"
                >
                  <SideWords side={baseline} />
                  <span className="text-ink-3">→</span>
                  <SideWords side={contender} />
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : (
        <div className="mt-4 flex flex-col items-start gap-2 text-ink-2">
          Nothing to suggest yet: send runs of two commits, or of two variants of an experiment.
          <Command>{`tidemark push --project ${project} runs.ndjson`}</Command>
        </div>
      )}
    </>
  );
}

function SideWords({ side: { label, sha, runs } }: { side: SideItem }) {
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <span className="font-medium">{label}</span>
      {sha && <span className="sha text-ink-3">{shortSha(sha)}</span>}
      <span className="text-ink-3">{plural(runs, "run")}</span>
    </span>
  );
}
