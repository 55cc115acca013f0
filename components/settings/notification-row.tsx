"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Dialog } from "@/components/ui/dialog";
import { StatusDot } from "@/components/ui/status-dot";
import { Time } from "@/components/ui/time";
import { useAlive } from "@/components/ui/use-alive";
import { mutate, WriteFailed } from "@/lib/api/mutate";
import type { RouteItem } from "@/lib/queries/notifications";
import type { RouteNames } from "@/lib/queries/routeNames";
import { apiUrl } from "@/lib/urls/api";
import { RouteForm } from "./notification-form";
import { CHANNEL_NAME, DIGEST_NAME, filterText, targetText } from "./notification-words";

type Props = { project: string; route: RouteItem; names: RouteNames };

/** One route: who, of what, how it goes, and what can be done with it. */
export function RouteRow({ project, route, names }: Props) {
  const { name, channel, filter, digest, maxAgeDays, enabled } = route;
  return (
    <li className="grid grid-cols-[minmax(0,5fr)_minmax(0,5fr)_minmax(0,4fr)] items-start gap-x-6 gap-y-1 border-b border-grid py-3 max-md:grid-cols-1">
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <h3 className="font-medium">{name}</h3>
        <p className="text-ink-2">
          {CHANNEL_NAME[channel]}, {targetText(route)}
        </p>
      </div>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p>{filterText(filter)}</p>
        <p className="text-ink-3">
          {DIGEST_NAME[digest]}
          {maxAgeDays !== null && `, no change more than ${maxAgeDays} days old`}
        </p>
      </div>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <StatusDot shape={enabled ? "done" : "dashed"}>{enabled ? "On" : "Off"}</StatusDot>
        <LastDelivery route={route} />
      </div>
      <Actions project={project} route={route} names={names} />
    </li>
  );
}

function LastDelivery({ route: { deliveredAt, lastError, deliveries } }: { route: RouteItem }) {
  if (lastError !== null) return <p className="line-clamp-3 text-warn">{lastError}</p>;
  return (
    <p className="text-ink-3">
      {deliveredAt === null ? (
        "nothing delivered yet"
      ) : (
        <>
          last delivered <Time at={deliveredAt} withTime />
        </>
      )}
      {deliveries.waiting > 0 && `, ${deliveries.waiting} waiting`}
      {deliveries.held > 0 && `, ${deliveries.held} for the digest`}
    </p>
  );
}

function Actions({ project, route, names }: Props) {
  const router = useRouter();
  const isAlive = useAlive();
  const [isOpen, setOpen] = useState(false);
  const [said, say] = useState<{ text: string; isFault: boolean } | null>(null);
  const address = apiUrl.notification(project, route.id);
  const act = async (write: () => Promise<unknown>, done: string | null) => {
    say(null);
    try {
      await write();
      say(done === null ? null : { text: done, isFault: false });
    } catch (error) {
      if (!(error instanceof WriteFailed)) throw error;
      say({ text: error.message, isFault: true });
    }
    router.refresh();
  };
  const turn = () => mutate(address, { method: "PATCH", body: { revision: route.revision, enabled: !route.enabled } });
  return (
    <div className="col-span-full -ml-2.5 flex flex-wrap items-center">
      <Button
        look="ghost"
        disabled={!isAlive || !route.enabled}
        title={route.enabled ? undefined : "It is off: switch it on first."}
        aria-label={`Send a test to ${route.name}`}
        onClick={() =>
          act(() => mutate(apiUrl.notificationTest(project, route.id)), "A test is on its way; see the log.")
        }
      >
        Send a test
      </Button>
      <Button look="ghost" disabled={!isAlive} aria-label={`Edit ${route.name}`} onClick={() => setOpen(true)}>
        Edit
      </Button>
      <Button
        look="ghost"
        disabled={!isAlive}
        aria-label={`Switch ${route.name} ${route.enabled ? "off" : "on"}`}
        onClick={() => act(turn, null)}
      >
        {route.enabled ? "Switch off" : "Switch on"}
      </Button>
      <ConfirmButton
        look="ghost"
        question="Nothing more is sent through it; its log stays."
        confirm="Remove"
        label={`Remove ${route.name}`}
        act={async () => {
          await mutate(address, { method: "DELETE" });
          router.refresh();
        }}
      >
        Remove
      </ConfirmButton>
      <p role="status" className={said?.isFault ? "px-2.5 text-warn" : "px-2.5 text-ink-2"}>
        {said?.text}
      </p>
      <Dialog title={`Edit ${route.name}`} open={isOpen} onClose={() => setOpen(false)}>
        <RouteForm project={project} route={route} names={names} done={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}
