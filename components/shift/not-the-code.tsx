import { Section } from "@/components/frame/page-head";
import { formatChange } from "@/lib/format/change";
import { plural } from "@/lib/format/number";
import type { NotTheCode as Facts } from "@/lib/queries/notTheCode";
import type { ShiftRead } from "@/lib/queries/shift";
import { runUrl } from "@/lib/urls/run";

type Props = { shift: ShiftRead };

/** What else than the code could be behind a shift: controls, components, slow runs, events. Nothing to say, no section. */
export function NotTheCode({ shift }: Props) {
  const facts = shift.notTheCode;
  const lines = [causeLine(facts), movedLine(facts)].filter((line) => line !== null);
  const { components, slowRuns, events } = facts;
  if (lines.length + components.length + slowRuns.length + events.length === 0) return null;
  return (
    <Section title="Not the code?" note="What else changed within the range, or near it">
      <ul className="flex flex-col gap-1.5 text-sm">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {components.map(({ environment, component, before, after, link }) => (
          <li key={`${environment} ${component}`} className="break-words">
            {component} {before ?? "(none)"} → {after ?? "(none)"} in {environment}
            {link && (
              <>
                {" · "}
                <a className="underline" href={link} rel="noreferrer">
                  compare
                </a>
              </>
            )}
          </li>
        ))}
        {slowRuns.map((run) => (
          <li key={`${run.run} ${run.metric}`} className="break-words">
            Run{" "}
            <a className="underline" href={runUrl(shift.project.slug, run.run)}>
              {run.run}
            </a>{" "}
            {slowWords(run)}
          </li>
        ))}
        {events.map(({ id, text, border }) => (
          <li key={id} className="break-words">
            Event{border ? " (border)" : ""}: {text}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function causeLine({ cause }: Facts): string | null {
  if (!cause) return null;
  const told = cause.controls
    .map(
      ({ environment, metric, change }) =>
        `${metric} ${change === null ? "?" : formatChange(change)} in ${environment}`,
    )
    .join(", ");
  if (cause.kind === "environment") return `Environment, not code: the controls moved along (${told}).`;
  if (cause.kind === "held") return `The controls held still (${told}): the environment is not the cause.`;
  return `The controls cannot tell (${told}).`;
}

const movedLine = ({ nothingMoved }: Facts): string | null =>
  nothingMoved ? "Nothing in the code moved: the project's own revision is the same before and after." : null;

function slowWords({ factor, state, metric, cases, environment }: Facts["slowRuns"][number]): string {
  const word = factor > 1 ? "slow" : "fast";
  const size = `${formatChange(factor - 1)} ${metric} over ${plural(cases, "case")} in ${environment}`;
  return state === "slow"
    ? `was ${word} as a whole (${size}): it is in no level.`
    : `is all ${word} (${size}): the next run decides.`;
}
