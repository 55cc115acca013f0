"use client";
import { useRouter } from "next/navigation";
import { Form } from "@/components/account/form";
import { Field } from "@/components/ui/field";
import { Option } from "@/components/ui/option";
import { mutate } from "@/lib/api/mutate";
import type { EventItem } from "@/lib/queries/events";
import { apiUrl } from "@/lib/urls/api";

type Props = { project: string /** null: a new one. */; event: EventItem | null; done?: () => void };

/** Adds an event, or changes one. It stands at a commit, or at a time in UTC. */
export function EventForm({ project, event, done }: Props) {
  const router = useRouter();
  const names = (name: string) => (event === null ? name : `${name}-${event.id}`);
  return (
    <Form
      submit={event === null ? "Add event" : "Save"}
      keep={event !== null}
      className="max-w-[640px]"
      send={async (values) => {
        const optional = (name: string) => values.one(names(name)).trim() || null;
        const place = optional("place") ?? "";
        const body = {
          text: values.one(names("text")),
          border: values.one(names("border")) === "on",
          ...(isSha(place) ? { commit: place } : { at: timeOf(place) }),
          workload: optional("workload"),
          metric: optional("metric"),
          environment: optional("environment"),
        };
        if (event === null) await mutate(apiUrl.events(project), { body });
        else await mutate(apiUrl.event(project, event.id), { method: "PATCH", body });
        router.refresh();
        done?.();
        return event === null ? "Added." : undefined;
      }}
    >
      {(faults) => (
        <>
          <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
            <Field
              name={names("text")}
              label="What happened"
              placeholder="New VM type"
              defaultValue={event?.text}
              required
              maxLength={2000}
              autoComplete="off"
              fault={faults.text}
            />
            <Field
              name={names("place")}
              label="Commit, or time in UTC"
              placeholder="4bcc6b6 or 2026-11-24 10:00"
              defaultValue={event?.commit ?? event?.at ?? undefined}
              required
              maxLength={64}
              autoComplete="off"
              fault={faults.commit ?? faults.at}
            />
          </div>
          <div className="grid grid-cols-3 gap-3 max-sm:grid-cols-1">
            {(["workload", "metric", "environment"] as const).map((part) => (
              <Field
                key={part}
                name={names(part)}
                label={`Only this ${part}`}
                hint="Left out: all."
                defaultValue={event?.[part] ?? undefined}
                autoComplete="off"
                fault={faults[part]}
              />
            ))}
          </div>
          <Option
            type="checkbox"
            name={names("border")}
            defaultChecked={event?.border}
            label="Border"
            hint="nothing before it is compared with what follows"
          />
        </>
      )}
    </Form>
  );
}

const isSha = (place: string) => /^[0-9a-f]{7,64}$/i.test(place);

/** "2026-11-24 10:00" as the API takes it; what is no such time goes as it is, and the server says what it wants. */
function timeOf(place: string): string {
  const found = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?)?$/.exec(place);
  return found ? `${found[1]}T${found[2] ?? "00:00"}${found[3] ?? ":00"}Z` : place;
}
