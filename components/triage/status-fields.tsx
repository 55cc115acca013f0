"use client";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { ShiftStatus } from "@/lib/model/words";
import type { Asked } from "./asked";
import { TextArea } from "./text-area";

type Props = {
  status: ShiftStatus;
  submit: string;
  isBusy: boolean;
  /** What the server said of each field. */
  faults: Record<string, string>;
  onSubmit: (asked: Asked) => void;
  onCancel: () => void;
};

const WHY: Record<ShiftStatus, string> = {
  new: "Why is it open again",
  investigating: "What is looked into",
  accepted: "Why is this the new normal",
  fixed: "What fixed it",
  infrastructure: "What was it, if not the code",
  "not real": "Why is it not real",
};

/** Why a status is set, and until when an accepted level holds. Ctrl or Cmd and Enter sends it, Esc leaves it. */
export function StatusFields({ status, submit, isBusy, faults, onSubmit, onCancel }: Props) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const isNeeded = status !== "new";
  const isMissing = isNeeded && reason.trim() === "";
  const send = () => {
    if (isMissing || isBusy) return;
    const words = reason.trim() === "" ? {} : { reason: reason.trim() };
    onSubmit({ status, ...words, ...(status === "accepted" && until !== "" ? { acceptedUntil: until } : {}) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <TextArea
        label={`${WHY[status]}${isNeeded ? "" : " (may be left out)"}`}
        value={reason}
        onChange={setReason}
        onSend={send}
        onCancel={onCancel}
        fault={faults.reason}
        maxLength={2000}
        autoFocus
        required={isNeeded}
      />
      {status === "accepted" && (
        <Field
          name={`${id}-until`}
          label="Until"
          type="date"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
          onKeyDown={onKeyDown}
          fault={faults.acceptedUntil}
          hint="Left out: for good. Afterwards it counts as undecided again."
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={isMissing || isBusy}>
          {submit}
        </Button>
        <Button look="ghost" onClick={onCancel}>
          Cancel
        </Button>
        {isMissing && <span className="text-label text-ink-3">A reason is needed.</span>}
      </div>
    </form>
  );
}
