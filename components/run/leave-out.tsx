"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Form } from "@/components/account/form";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useAlive } from "@/components/ui/use-alive";
import { mutate } from "@/lib/api/mutate";
import type { RunRead } from "@/lib/queries/run";
import { apiUrl } from "@/lib/urls/api";
import { exclusionWords } from "./said";

type Props = { run: RunRead };

/** Takes the whole run out of all levels and findings, with a reason. */
export function LeaveOut({ run }: Props) {
  const router = useRouter();
  const isAlive = useAlive();
  const [isOpen, setOpen] = useState(false);
  if (run.excluded !== null) return null;
  return (
    <>
      <Button disabled={!isAlive} onClick={() => setOpen(true)}>
        Leave out…
      </Button>
      <Dialog title="Leave this run out" open={isOpen} onClose={() => setOpen(false)}>
        <p className="mb-3 text-ink-2">
          Nothing of it counts in levels, comparisons and findings from the next analysis on. It stays stored, is drawn
          hollow, and can be restored.
        </p>
        <Form
          submit="Leave out"
          keep
          send={async (values) => {
            await mutate(apiUrl.exclusions(run.project.slug), {
              body: { run: run.key, reason: values.one("reason") },
            });
            setOpen(false);
            router.refresh();
            return undefined;
          }}
        >
          {(faults) => (
            <Field name="reason" label="Reason" required maxLength={2000} autoComplete="off" fault={faults.reason} />
          )}
        </Form>
      </Dialog>
    </>
  );
}

/** What of the run is left out, by whom, when and why; and the way back, for whoever may. */
export function Exclusions({ run }: Props) {
  const router = useRouter();
  return (
    <ul className="flex flex-col gap-1">
      {run.exclusions.map((exclusion) => (
        <li key={exclusion.id} className="flex flex-wrap items-center gap-x-3">
          {exclusionWords(exclusion)}
          {run.may.triage && (
            <ConfirmButton
              look="ghost"
              question="It counts again from the next analysis on."
              confirm="Restore"
              label={`Restore: ${exclusionWords(exclusion)}`}
              act={async () => {
                await mutate(apiUrl.exclusion(run.project.slug, exclusion.id), { method: "DELETE" });
                router.refresh();
              }}
            >
              Restore
            </ConfirmButton>
          )}
        </li>
      ))}
    </ul>
  );
}
