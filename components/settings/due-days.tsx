"use client";
import { useRouter } from "next/navigation";
import { Form, type Values } from "@/components/account/form";
import { Section } from "@/components/frame/page-head";
import { Field } from "@/components/ui/field";
import { mutate } from "@/lib/api/mutate";
import type { DueDays as Setting } from "@/lib/model/triage";
import { apiUrl } from "@/lib/urls/api";

const STATUSES = ["new", "investigating"] as const;
const SIZES = ["large", "small"] as const;

/** After how many working days a shift is due, by its status and the size of its largest change. */
export function DueDays({ project, dueDays }: { project: string; dueDays: Setting }) {
  const router = useRouter();
  return (
    <Section title="Due days" note="in working days from when the status is set; left out: no day">
      <Form
        submit="Save"
        look="outline"
        keep
        className="max-w-[640px]"
        send={async (values) => {
          await mutate(apiUrl.settings(project), { method: "PATCH", body: { dueDays: settingOf(values) } });
          router.refresh();
          return "Saved. It holds for what is decided from now on.";
        }}
      >
        {(faults) => (
          <>
            <Field
              name="largeFrom"
              label="A change is large from, in %"
              type="number"
              min={0}
              max={10_000}
              step="any"
              required
              defaultValue={dueDays.largeFrom * 100}
              fault={faults["dueDays.largeFrom"]}
              className="max-w-48"
            />
            <div className="grid grid-cols-4 gap-3 max-sm:grid-cols-2">
              {STATUSES.flatMap((status) =>
                SIZES.map((size) => (
                  <Field
                    key={`${status}-${size}`}
                    name={`${status}-${size}`}
                    label={`${status === "new" ? "New" : "Investigating"}, ${size}`}
                    type="number"
                    min={0}
                    max={260}
                    step={1}
                    defaultValue={dueDays[status][size] ?? undefined}
                    fault={faults[`dueDays.${status}.${size}`]}
                  />
                )),
              )}
            </div>
          </>
        )}
      </Form>
    </Section>
  );
}

function settingOf(values: Values): Setting {
  const days = (status: string, size: string) => {
    const typed = values.one(`${status}-${size}`).trim();
    return typed === "" ? null : Number(typed);
  };
  const of = (status: string) => ({ large: days(status, "large"), small: days(status, "small") });
  return { largeFrom: Number(values.one("largeFrom")) / 100, new: of("new"), investigating: of("investigating") };
}
