"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Section } from "@/components/frame/page-head";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { mutate } from "@/lib/api/mutate";
import { metricLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { EventItem } from "@/lib/queries/events";
import { apiUrl } from "@/lib/urls/api";
import { commitUrl } from "@/lib/urls/commit";
import { EventForm } from "./event-form";

/** The notes on a project's time axis; whoever triages adds, edits and removes them. */
export function Events({ project, events, total }: { project: string; events: EventItem[]; total: number }) {
  return (
    <>
      <p className="mb-4 max-w-[92ch] text-read text-pretty text-ink-2">
        What happened beside the code: a new VM type, a data set that changed. An event is drawn on every chart that it
        concerns; across a border nothing is compared. Programs send them too: POST …/events.
      </p>
      <EventForm project={project} event={null} />
      <Section
        title="Events"
        note={events.length < total ? `the newest ${events.length} of ${total}` : plural(total, "event")}
      >
        {events.length === 0 ? (
          <EmptyState title="No event yet">What is added above or sent by a program is listed here.</EmptyState>
        ) : (
          <Table label="Events">
            <thead>
              <tr>
                <Head>Event</Head>
                <Head className="max-sm:hidden">Where it stands</Head>
                <Head className="max-sm:hidden">Holds for</Head>
                <Head className="max-sm:hidden">By</Head>
                <Head className="relative">
                  <span className="sr-only">Change</span>
                </Head>
              </tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <EventRow key={event.id} project={project} event={event} />
              ))}
            </tbody>
          </Table>
        )}
      </Section>
    </>
  );
}

function EventRow({ project, event }: { project: string; event: EventItem }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  return (
    <Row>
      <Cell className="min-w-[16ch] font-medium [overflow-wrap:anywhere] max-sm:py-1">
        {event.text}
        {event.border && <span className="font-normal text-ink-3"> border</span>}
        <span className="block text-label font-normal text-ink-3 sm:hidden">
          <Place project={project} event={event} />, {scopeText(event)}
        </span>
      </Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">
        <Place project={project} event={event} />
      </Cell>
      <Cell className="break-words max-sm:hidden">{scopeText(event)}</Cell>
      <Cell className="text-ink-2 [overflow-wrap:anywhere] max-sm:hidden">
        {event.createdBy}, <Time at={event.createdAt} />
      </Cell>
      <Cell numeric>
        <Button look="ghost" aria-label={`Edit ${event.text}`} onClick={() => setOpen(true)}>
          Edit
        </Button>
        <ConfirmButton
          look="ghost"
          question={event.border ? "What lies on either side is compared again." : "It leaves every chart."}
          confirm="Remove"
          label={`Remove ${event.text}`}
          act={async () => {
            await mutate(apiUrl.event(project, event.id), { method: "DELETE" });
            router.refresh();
          }}
        >
          Remove
        </ConfirmButton>
        <Dialog title="Edit the event" open={isOpen} onClose={() => setOpen(false)}>
          <div className="text-left whitespace-normal">
            <EventForm project={project} event={event} done={() => setOpen(false)} />
          </div>
        </Dialog>
      </Cell>
    </Row>
  );
}

function Place({ project, event }: { project: string; event: EventItem }) {
  return (
    <>
      {event.commit ? (
        <Link href={commitUrl(project, event.commit)} className="sha link" prefetch={false}>
          {shortSha(event.commit)}
        </Link>
      ) : (
        <Time at={event.at} withTime />
      )}
      {event.position === null && <span className="text-ink-3"> not on the branch yet</span>}
    </>
  );
}

function scopeText({ workload, environment, metric }: EventItem): string {
  const parts = [workload, metric && metricLabel(metric, null), environment].filter(Boolean);
  return parts.length === 0 ? "everything" : parts.join(", ");
}
