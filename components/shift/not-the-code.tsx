import Link from "next/link";
import { Section } from "@/components/frame/page-head";
import { Time } from "@/components/ui/time";
import { formatChange } from "@/lib/format/change";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { shortRevision } from "@/lib/format/revision";
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
      <ul className="flex flex-col gap-1.5 text-read">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {together(components).map(({ environments, component, before, after, link }) => (
          <li key={`${environments} ${component}`} className="break-words">
            <span className="font-medium">{component}</span> <Revision of={before} /> → <Revision of={after} />{" "}
            <span className="text-ink-3">in {environments.join(" and ")}</span>
            {link && (
              <>
                {" · "}
                <a className="link" href={link} target="_blank" rel="noopener noreferrer nofollow">
                  compare
                </a>
              </>
            )}
          </li>
        ))}
        {slowRuns.map((run) => (
          <li key={`${run.run} ${run.metric}`} className="break-words">
            Run{" "}
            <Link className="link" prefetch={false} href={runUrl(shift.project.slug, run.run)}>
              {run.run}
            </Link>{" "}
            {slowWords(run)}
          </li>
        ))}
        {events.map(({ id, text, border, at }) => (
          <li key={id} className="break-words">
            {border ? "Event, a border for detection" : "Event"}: {text}
            {at && (
              <span className="text-ink-3">
                {" "}
                <Time at={at} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const Revision = ({ of }: { of: string | null }) => (
  <span className="sha" title={of ?? undefined}>
    {of === null ? "(none)" : shortRevision(of)}
  </span>
);

type Component = Facts["components"][number];

/** The same change in several environments is one line. */
function together(components: Component[]): (Component & { environments: string[] })[] {
  const found = new Map<string, Component & { environments: string[] }>();
  for (const one of components) {
    const key = JSON.stringify([one.component, one.before, one.after, one.link]);
    const known = found.get(key);
    if (known) known.environments.push(one.environment);
    else found.set(key, { ...one, environments: [one.environment] });
  }
  return [...found.values()];
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
  const size = `${formatChange(factor - 1)} ${metricInSentence(metricLabel(metric))} over ${plural(cases, "case")} in ${environment}`;
  return state === "slow"
    ? `was ${word} as a whole (${size}): it is in no level.`
    : `is all ${word} (${size}): the next run decides.`;
}
