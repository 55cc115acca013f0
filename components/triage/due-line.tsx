"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { formatDate } from "@/lib/format/time";
import type { TriageRead } from "@/lib/queries/triage";
import type { Asked } from "./asked";

const WORKING_DAYS = [1, 3, 5, 10];

type Due = Exclude<Asked["due"], undefined>;
type Props = { triage: Pick<TriageRead, "dueOn" | "may">; isBusy: boolean; onChange: (due: Due) => void };

/** The day by which something is due, as a line of a list of facts. */
export function DueLine({ triage: { dueOn, may }, isBusy, onChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const choose = (due: Due) => {
    setOpen(false);
    onChange(due);
  };
  const text = dueOn === null ? "no day" : formatDate(dueOn);
  return (
    <>
      <dt>Due</dt>
      <dd>
        {may.triage ? (
          <button
            type="button"
            className={dueOn === null ? "link text-ink-3" : "link"}
            disabled={isBusy}
            aria-expanded={isOpen}
            aria-label={`Due: ${text}. Change`}
            onClick={() => setOpen(!isOpen)}
          >
            {text}
          </button>
        ) : (
          <span className={dueOn === null ? "text-ink-3" : undefined}>{text}</span>
        )}
      </dd>
      {isOpen && (
        <dd className="col-span-2 my-1 rounded-2 bg-surface p-3">
          <DueFields dueOn={dueOn} onChoose={choose} />
        </dd>
      )}
    </>
  );
}

/** A day: so many working days from now, one of the calendar, or none. */
export function DueFields({ dueOn, onChoose }: { dueOn: string | null; onChoose: (due: Due) => void }) {
  const [day, setDay] = useState(dueOn ?? "");
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (day !== "") onChoose(day);
      }}
    >
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="mb-1 text-label text-ink-2">In working days</legend>
        {WORKING_DAYS.map((workingDays) => (
          <Button
            key={workingDays}
            aria-label={`${workingDays} working days from today`}
            onClick={() => onChoose({ workingDays })}
          >
            {workingDays}
          </Button>
        ))}
      </fieldset>
      <div className="flex items-end gap-2">
        <Field
          name="due-on"
          label="Or on"
          type="date"
          className="grow"
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
        <Button type="submit" disabled={day === ""}>
          Set
        </Button>
      </div>
      {dueOn !== null && (
        <Button look="ghost" className="self-start" onClick={() => onChoose(null)}>
          No day
        </Button>
      )}
    </form>
  );
}
