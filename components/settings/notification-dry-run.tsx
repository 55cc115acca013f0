"use client";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { mutate, WriteFailed } from "@/lib/api/mutate";
import { plural } from "@/lib/format/number";
import type { DryRunItem } from "@/lib/queries/notifications";
import { apiUrl } from "@/lib/urls/api";
import { shiftUrl } from "@/lib/urls/shift";
import { filterOf, numberOf } from "./notification-words";

type DryRunAnswer = { total: number; items: DryRunItem[] };
type Answer = { told: DryRunAnswer; days: string } | { fault: string };

/** Tries the filter of the form it stands in over the past, before anything is saved. */
export function DryRun({ project }: { project: string }) {
  const [isAsking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const ask = async (form: HTMLFormElement | null) => {
    const data = new FormData(form ?? undefined);
    const all = (name: string) => data.getAll(name).map((value) => (typeof value === "string" ? value : ""));
    const values = { all, one: (name: string) => all(name)[0] ?? "" };
    const days = values.one("days");
    setAsking(true);
    try {
      const body = { filter: filterOf(values), days: numberOf(days) };
      setAnswer({ told: await mutate<DryRunAnswer>(apiUrl.notificationDryRun(project), { body }), days });
    } catch (error) {
      if (!(error instanceof WriteFailed)) throw error;
      setAnswer({ fault: faultText(error) });
    } finally {
      setAsking(false);
    }
  };
  return (
    <section aria-label="Dry run" className="flex flex-col gap-2 rounded-2 bg-surface p-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button disabled={isAsking} onClick={(event) => ask(event.currentTarget.form)}>
          What would it have told?
        </Button>
        <label className="flex items-center gap-2 text-ink-2">
          past
          <input
            name="days"
            inputMode="numeric"
            defaultValue="365"
            autoComplete="off"
            className="num h-(--control) w-16 rounded-2 bg-bg px-2 text-right text-ink shadow-outline outline-none focus-visible:outline-2 focus-visible:outline-accent"
          />
          days
        </label>
      </div>
      <div aria-live="polite">{answer && <Told project={project} answer={answer} />}</div>
    </section>
  );
}

const LABEL: Record<string, string> = {
  days: "Days",
  "filter.directions": "Which shifts",
  "filter.workload": "Workload",
  "filter.minChange": "Smallest change",
};

const faultText = ({ message, faults }: WriteFailed): string =>
  Object.entries(faults)
    .map(([path, text]) => `${LABEL[path] ?? path}: ${text}`)
    .join(" ") || message;

function Told({ project, answer }: { project: string; answer: Answer }) {
  if ("fault" in answer) return <p className="text-warn">{answer.fault}</p>;
  const { told, days } = answer;
  return (
    <>
      <p className="text-pretty text-ink-2">
        {told.total === 0 ? "None" : plural(told.total, "shift")} of the {days} days before the newest measured commit,
        however old.
      </p>
      {told.total > 0 && (
        <ul aria-label="Shifts it would have told" className="mt-2 max-h-56 overflow-y-auto">
          {told.items.map((item) => (
            <li key={item.shift} className="flex flex-wrap gap-x-2 py-1 [overflow-wrap:anywhere]">
              <Link className="link" href={shiftUrl(project, item.shift)} target="_blank" prefetch={false}>
                #{item.shift} {item.title}
              </Link>
              <span className="text-ink-3">
                on {item.environment}, <Time at={item.committedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {told.items.length < told.total && <p className="text-ink-3">The newest {told.items.length} are listed.</p>}
    </>
  );
}
