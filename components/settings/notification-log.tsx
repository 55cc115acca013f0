"use client";
import { RefreshCw } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { Section } from "@/components/frame/page-head";
import { Button, ButtonLink } from "@/components/ui/button";
import { Select } from "@/components/ui/menu";
import { Segmented } from "@/components/ui/segmented";
import { EmptyState } from "@/components/ui/state";
import { type DotShape, StatusDot } from "@/components/ui/status-dot";
import { Time } from "@/components/ui/time";
import { useAlive } from "@/components/ui/use-alive";
import { mutate, WriteFailed } from "@/lib/api/mutate";
import { formatCount, plural } from "@/lib/format/number";
import { DELIVERY_STATES, type DeliveryState, type MessageKind } from "@/lib/model/notification";
import type { DeliveryItem, RouteItem } from "@/lib/queries/notifications";
import { apiUrl } from "@/lib/urls/api";
import { type LogSelection, notificationsUrl } from "@/lib/urls/settings";
import { shiftUrl } from "@/lib/urls/shift";
import { STATE_NAME } from "./notification-words";

/** One page of the log, with what it was asked for. */
export type Log = { items: DeliveryItem[]; total: number; next: string | null; selection: LogSelection };
type Props = { project: string; routes: RouteItem[]; log: Log };

const SHAPE: Record<DeliveryState, DotShape> = { waiting: "half", held: "ring", delivered: "done", failed: "full" };
const KIND: Record<MessageKind, string> = {
  confirmed: "Confirmed",
  resolved: "Resolved",
  withdrawn: "Withdrawn",
  test: "Test",
};

/** What became of every message, the newest first, with every try. */
export function DeliveryLog({ project, routes, log }: Props) {
  const router = useRouter();
  const isAlive = useAlive();
  const [isPending, startTransition] = useTransition();
  const { items, total, next, selection } = log;
  useFollow(items);
  return (
    <Section title="Delivery log" note={plural(total, "delivery", "deliveries")} className="mt-10">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <StateChoice project={project} selection={selection} />
        {routes.length > 0 && <RouteChoice project={project} routes={routes} selection={selection} />}
        <Button
          look="ghost"
          disabled={!isAlive || isPending}
          onClick={() => startTransition(() => router.refresh())}
          className="sm:ml-auto"
        >
          <RefreshCw className="size-4" strokeWidth={1.5} aria-hidden />
          Refresh
        </Button>
      </div>
      {items.length === 0 ? (
        <NoDeliveries project={project} selection={selection} />
      ) : (
        <ul aria-label="Deliveries" className="border-t border-line">
          {items.map((item) => (
            <Delivery key={item.id} project={project} item={item} />
          ))}
        </ul>
      )}
      {(next !== null || selection.cursor !== null) && (
        <nav aria-label="Pages of the log" className="mt-4 flex items-center gap-2">
          {selection.cursor !== null && (
            <ButtonLink href={notificationsUrl(project, { ...selection, cursor: null })}>Newest</ButtonLink>
          )}
          {next !== null && (
            <ButtonLink href={notificationsUrl(project, { ...selection, cursor: next })}>Older</ButtonLink>
          )}
        </nav>
      )}
    </Section>
  );
}

const SOON_MS = 1_000;
const LATE_MS = 60_000;

/** Asks again while something is under way: soon at first, then ever more seldom, since a try may be hours off. */
function useFollow(items: readonly DeliveryItem[]): void {
  const router = useRouter();
  const waiting = items.filter(({ state }) => state === "waiting").map(({ id, attempts }) => `${id} ${attempts}`);
  const key = waiting.join();
  useEffect(() => {
    if (key === "") return;
    let pause = SOON_MS;
    let timer: ReturnType<typeof setTimeout>;
    const again = () => {
      router.refresh();
      pause = Math.min(LATE_MS, pause * 2);
      timer = setTimeout(again, pause);
    };
    timer = setTimeout(again, pause);
    return () => clearTimeout(timer);
  }, [key, router]);
}

function StateChoice({ project, selection }: { project: string; selection: LogSelection }) {
  const items = [null, ...DELIVERY_STATES].map((state) => ({
    key: state ?? "all",
    label: state === null ? "All" : STATE_NAME[state],
    href: notificationsUrl(project, { ...selection, state, cursor: null }),
    current: selection.state === state,
  }));
  return <Segmented label="State" items={items} />;
}

function RouteChoice({ project, routes, selection }: Omit<Props, "log"> & { selection: LogSelection }) {
  const items = [{ id: null, name: "all" }, ...routes].map(({ id, name }) => ({
    key: String(id),
    label: name,
    selected: selection.route === id,
    href: notificationsUrl(project, { ...selection, route: id, cursor: null }),
  }));
  const current = routes.find(({ id }) => id === selection.route)?.name;
  return <Select label="Route" value={current ?? (selection.route === null ? "all" : "removed")} items={items} />;
}

function NoDeliveries({ project, selection }: { project: string; selection: LogSelection }) {
  if (selection.state === null && selection.route === null)
    return <EmptyState title="Nothing was sent yet">Send a test through a route to see how it arrives.</EmptyState>;
  return (
    <EmptyState
      title="No delivery is like that"
      actions={<ButtonLink href={notificationsUrl(project)}>Show all</ButtonLink>}
    />
  );
}

function Delivery({ project, item }: { project: string; item: DeliveryItem }) {
  const { kind, shift, title, route, at, state, lastError, reference } = item;
  return (
    <li className="grid grid-cols-[minmax(0,8fr)_minmax(0,3fr)_minmax(0,4fr)] items-start gap-x-6 gap-y-1 border-b border-grid py-2.5 max-md:grid-cols-1">
      <p className="min-w-0 [overflow-wrap:anywhere]">
        <span className="mr-1 font-medium">{KIND[kind]}</span>{" "}
        {shift === null ? (
          <span className="text-ink-2">{title}</span>
        ) : (
          <Link className="link" href={shiftUrl(project, shift)} prefetch={false}>
            #{shift} {title}
          </Link>
        )}
      </p>
      <p className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">
        {route}
        <span className="block text-ink-3">
          <Time at={at} withTime />
        </span>
      </p>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <StatusDot shape={SHAPE[state]}>{STATE_NAME[state]}</StatusDot>
        {state !== "delivered" && lastError && <p className="line-clamp-3 text-warn">{lastError}</p>}
        {reference && <Reference text={reference} />}
        <Tries item={item} />
        {state === "failed" && <Retry project={project} item={item} />}
      </div>
    </li>
  );
}

/** What the other side called it: a link where it is an address. */
function Reference({ text }: { text: string }) {
  if (!/^https?:\/\//.test(text)) return <p className="text-ink-3">{text}</p>;
  return (
    <a className="link" href={text} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}

function Tries({ item: { log } }: { item: DeliveryItem }) {
  if (log.length === 0) return null;
  return (
    <details>
      <summary className="cursor-pointer text-label text-ink-3">{plural(log.length, "try", "tries")}</summary>
      <ul className="mt-1 flex flex-col gap-1 text-label text-ink-2">
        {log.map(({ at, status, millis, error }) => (
          <li key={`${at} ${millis}`}>
            <Time at={at} withTime />, {status === null ? "no answer" : `answer ${status}`}, {formatCount(millis)} ms
            {error && <span className="block text-ink-3">{error}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Retry({ project, item }: { project: string; item: DeliveryItem }) {
  const router = useRouter();
  const isAlive = useAlive();
  const [fault, setFault] = useState<string | null>(null);
  const again = async () => {
    setFault(null);
    try {
      await mutate(apiUrl.deliveryRetry(project, item.id));
    } catch (error) {
      if (!(error instanceof WriteFailed)) throw error;
      setFault(error.message);
    }
    router.refresh();
  };
  return (
    <div className="mt-1">
      <Button disabled={!isAlive} aria-label={`Try again: ${item.title}`} onClick={again}>
        Try again
      </Button>
      {fault && (
        <p role="alert" className="text-warn">
          {fault}
        </p>
      )}
    </div>
  );
}
