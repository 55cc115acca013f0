import { ExternalLink } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { plural } from "@/lib/format/number";
import { formatRange } from "@/lib/format/time";
import type { ShiftRead } from "@/lib/queries/shift";
import { diffUrl } from "@/lib/urls/repository";

/** The range in one line, on a phone: the commits themselves stand further down. */
export function PhoneRange({ shift }: { shift: ShiftRead }) {
  const { project, lastGood, firstShifted, commitsBetween } = shift;
  const diff = diffUrl(project.repository, lastGood, firstShifted);
  return (
    <section className="mt-7 sm:hidden">
      <h2 className="text-section font-semibold">Range</h2>
      <p className="mt-1 text-ink-2">
        <span className="sha text-ink">{formatRange(lastGood, firstShifted)}</span> {manyText(shift)}
      </p>
      <div className="mt-2 flex gap-2">
        {commitsBetween !== null && <ButtonLink href="#commits">Commits</ButtonLink>}
        {diff && (
          <ButtonLink href={diff} external>
            Diff
            <ExternalLink className="size-3.5" strokeWidth={1.5} aria-hidden />
          </ButtonLink>
        )}
      </div>
    </section>
  );
}

/** "7 commits, none measured between". */
function manyText({ commitsBetween, commits, lastGood, firstShifted }: ShiftRead): string {
  if (commitsBetween === null) return "is no longer on the line";
  const between = commits.filter(({ sha }) => sha !== lastGood && sha !== firstShifted);
  const measured = between.filter((commit) => commit.measured).length;
  const told = commitsBetween === 0 ? "" : `, ${measured === 0 ? "none" : measured} measured between`;
  return `${plural(commitsBetween + 1, "commit")}${told}`;
}
