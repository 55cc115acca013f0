import type { Metadata } from "next";
import { Events } from "@/components/settings/events";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { may } from "@/lib/model/actor";
import { listEvents } from "@/lib/queries/events";
import { settingsOf } from "../guard";

export const metadata: Metadata = { title: "Events" };

const ALL = { environment: null, workload: null, metric: null, border: null, filter: null };
/** Events of one page; the API has the others. */
const SHOWN = 200;

type Props = { params: Promise<{ project: string }> };

export default async function EventsPage({ params }: Props) {
  const { actor, project } = await settingsOf(params, "events");
  const { items, total } = await listEvents(actor, project.slug, { ...ALL, limit: SHOWN });
  return (
    <SettingsFrame project={project.slug} page="events" isAdmin={may(actor, "triage", project.id)}>
      <Events project={project.slug} events={items} total={total} />
    </SettingsFrame>
  );
}
