"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Form, type Values } from "@/components/account/form";
import { Button } from "@/components/ui/button";
import { Field, SelectField } from "@/components/ui/field";
import { Option } from "@/components/ui/option";
import { mutate, WriteFailed } from "@/lib/api/mutate";
import { CHANNELS, type Channel, DIGESTS } from "@/lib/model/notification";
import type { RouteItem } from "@/lib/queries/notifications";
import type { RouteNames } from "@/lib/queries/routeNames";
import { apiUrl } from "@/lib/urls/api";
import { DryRun } from "./notification-dry-run";
import { FilterFields } from "./notification-filter";
import { TargetFields } from "./notification-target";
import { CHANNEL_NAME, changed, DIGEST_NAME, differences, routeOf } from "./notification-words";

type Props = {
  project: string;
  /** null: a new one. */
  route: RouteItem | null;
  names: RouteNames;
  done: (made: { name: string; secret: string | null }) => void;
};

/** How old a change may be at first, as the API has it. */
const AGE = 60;

/** What somebody else made of the route meanwhile, and what was to be written. */
type Meanwhile = { now: RouteItem; told: string[]; mine: object };

/** Makes a route, or changes one: only what differs from what was seen is sent. */
export function RouteForm({ project, route, names, done }: Props) {
  const router = useRouter();
  const [channel, setChannel] = useState<Channel>(route?.channel ?? "webhook");
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null);
  // The one the form began with: what arrives while it is open is told as a change.
  const [seen] = useState(route);
  const add = async (values: Values) => {
    const secret = channel === "github" ? values.one("secret") || null : null;
    const body = { ...routeOf(values, channel), channel, secret };
    done(await mutate<{ name: string; secret: string | null }>(apiUrl.notifications(project), { body }));
  };
  const patch = async (before: RouteItem, mine: object, revision: number) => {
    try {
      await mutate(apiUrl.notification(project, before.id), { method: "PATCH", body: { ...mine, revision } });
      done({ name: before.name, secret: null });
    } catch (error) {
      if (!(error instanceof WriteFailed) || error.status !== 409) throw error;
      setMeanwhile(await whatHappened(project, before, mine, error));
    }
    router.refresh();
  };
  const send = async (values: Values) => {
    setMeanwhile(null);
    if (seen === null) await add(values);
    else {
      const secret = values.one("secret");
      await patch(seen, { ...changed(seen, routeOf(values, channel)), ...(secret && { secret }) }, seen.revision);
    }
    router.refresh();
    return undefined;
  };
  return (
    <>
      <Form submit={route === null ? "Add route" : "Save"} keep send={send}>
        {(faults) => (
          <>
            {route === null && <ChannelChoice value={channel} onChange={setChannel} />}
            <Field
              name="name"
              label="Name"
              placeholder="Array team"
              defaultValue={route?.name}
              required
              maxLength={200}
              autoComplete="off"
              fault={faults.name}
            />
            <TargetFields key={channel} channel={channel} route={route} faults={faults} />
            <FilterFields filter={route?.filter ?? null} names={names} faults={faults} />
            <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
              <SelectField
                name="digest"
                label="Digest"
                value={route?.digest ?? "none"}
                items={DIGESTS.map((key) => ({ key, label: DIGEST_NAME[key] }))}
                hint="Together at 06:00 UTC, weekly on Mondays."
                fault={faults.digest}
              />
              <Field
                name="maxAgeDays"
                label="Oldest change, days"
                inputMode="numeric"
                defaultValue={route === null ? AGE : (route.maxAgeDays ?? undefined)}
                autoComplete="off"
                hint="Older than the newest commit by more is no news. Empty: always told."
                fault={faults.maxAgeDays}
              />
            </div>
            <Option
              type="checkbox"
              name="enabled"
              defaultChecked={route?.enabled ?? true}
              label="On"
              hint="while it is off, nothing is sent"
            />
            <DryRun project={project} />
            <OtherFaults faults={faults} />
          </>
        )}
      </Form>
      {meanwhile && seen && (
        <MeanwhileTold
          meanwhile={meanwhile}
          onAgain={() => patch(seen, meanwhile.mine, meanwhile.now.revision)}
          onLeave={() => done({ name: seen.name, secret: null })}
        />
      )}
    </>
  );
}

/** The route as it is now beside what the form began with. Rethrows the conflict where it is gone. */
async function whatHappened(project: string, seen: RouteItem, mine: object, why: WriteFailed): Promise<Meanwhile> {
  const answer = await fetch(apiUrl.notifications(project), { headers: { accept: "application/json" } });
  const { items = [] } = answer.ok ? ((await answer.json()) as { items: RouteItem[] }) : {};
  const now = items.find(({ id }) => id === seen.id);
  if (!now) throw why;
  return { now, told: differences(seen, now), mine };
}

function ChannelChoice({ value, onChange }: { value: Channel; onChange: (channel: Channel) => void }) {
  return (
    <fieldset className="flex flex-wrap gap-x-4 gap-y-1.5">
      <legend className="mb-1 text-label text-ink-2">How</legend>
      {CHANNELS.map((channel) => (
        <Option
          key={channel}
          type="radio"
          name="channel"
          value={channel}
          checked={channel === value}
          onChange={() => onChange(channel)}
          label={CHANNEL_NAME[channel]}
        />
      ))}
    </fieldset>
  );
}

const SHOWN = /^(name|url|secret|digest|maxAgeDays|filter|target)\b/;

/** What the server said of something that has no field here: nothing is swallowed. */
function OtherFaults({ faults }: { faults: Record<string, string> }) {
  const others = Object.entries(faults).filter(([path]) => !SHOWN.test(path));
  if (others.length === 0) return null;
  return (
    <p role="alert" className="text-warn">
      {others.map(([path, message]) => `${path}: ${message}`).join(" ")}
    </p>
  );
}

function MeanwhileTold({
  meanwhile: { told },
  onAgain,
  onLeave,
}: {
  meanwhile: Meanwhile;
  onAgain: () => Promise<void>;
  onLeave: () => void;
}) {
  return (
    <div role="alert" className="mt-4 flex flex-col gap-2 rounded-2 bg-warn-soft p-3">
      <p className="font-medium text-warn">Changed meanwhile; nothing of yours was written</p>
      <ul className="flex flex-col gap-1.5 [overflow-wrap:anywhere]">
        {told.length === 0 ? (
          <li>Saved again, with nothing changed.</li>
        ) : (
          told.map((text) => <li key={text}>{text}</li>)
        )}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onAgain}>Apply mine all the same</Button>
        <Button look="ghost" onClick={onLeave}>
          Leave it
        </Button>
      </div>
    </div>
  );
}
