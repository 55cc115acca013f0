"use client";
import { Copy } from "lucide-react";
import { useState } from "react";
import { Section } from "@/components/frame/page-head";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/state";
import { useAlive } from "@/components/ui/use-alive";
import { plural } from "@/lib/format/number";
import type { RouteItem } from "@/lib/queries/notifications";
import type { RouteNames } from "@/lib/queries/routeNames";
import { RouteForm } from "./notification-form";
import { DeliveryLog, type Log } from "./notification-log";
import { RouteRow } from "./notification-row";

type Props = { project: string; routes: RouteItem[]; names: RouteNames; log: Log };
type Made = { name: string; secret: string | null };

/** Whom to tell of shifts, and what became of every message. */
export function Notifications({ project, routes, names, log }: Props) {
  const isAlive = useAlive();
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const add = (
    <Button look="primary" disabled={!isAlive} onClick={() => setOpen(true)}>
      Add a route
    </Button>
  );
  return (
    <>
      <p className="mb-4 max-w-[92ch] text-read text-pretty text-ink-2">
        One message when a shift is confirmed, one when it is resolved or withdrawn, none between, however many runs
        follow. A route says who gets them, and of which shifts.
      </p>
      {made?.secret && <Key name={made.name} secret={made.secret} />}
      <Section title="Routes" note={plural(routes.length, "route")} right={routes.length > 0 && add} className="mt-6">
        {routes.length === 0 ? (
          <EmptyState title="Nobody is told yet" actions={add}>
            A route sends to a webhook, a Slack-compatible address, mail or issues on GitHub.
          </EmptyState>
        ) : (
          <ul aria-label="Routes" className="border-t border-line">
            {routes.map((route) => (
              <RouteRow key={route.id} project={project} route={route} names={names} />
            ))}
          </ul>
        )}
      </Section>
      <DeliveryLog project={project} routes={routes} log={log} />
      <Dialog title="Add a route" open={isOpen} onClose={() => setOpen(false)}>
        <RouteForm
          project={project}
          route={null}
          names={names}
          done={(route) => {
            setMade(route);
            setOpen(false);
          }}
        />
      </Dialog>
    </>
  );
}

/** The key that signs what a webhook is sent: here, now, and never again. */
function Key({ name, secret }: { name: string; secret: string }) {
  return (
    <section aria-label={`Key of ${name}`} className="mb-4 max-w-[720px] rounded-3 bg-surface p-3">
      <p className="mb-2 text-pretty text-ink-2">
        Messages to <b className="font-medium text-ink">{name}</b> are signed with this key. Copy it now: it is not
        shown again.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <code className="sha min-w-0 rounded-1 bg-bg px-2 py-1 [overflow-wrap:anywhere]">{secret}</code>
        <CopyButton text={() => secret} icon={<Copy className="size-4" strokeWidth={1.5} aria-hidden />}>
          Copy
        </CopyButton>
      </div>
    </section>
  );
}
