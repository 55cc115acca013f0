import type { Metadata } from "next";
import { Notifications } from "@/components/settings/notifications";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { listDeliveries, listRoutes } from "@/lib/queries/notifications";
import { readRouteNames } from "@/lib/queries/routeNames";
import type { SearchParams } from "@/lib/urls/query";
import { logQuery } from "@/lib/urls/settings";
import { sinceOrAll } from "../../shifts/since";
import { settingsOf } from "../guard";

export const metadata: Metadata = { title: "Notifications" };

/** Deliveries of one page of the log. */
const SHOWN = 25;

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

export default async function NotificationsPage({ params, searchParams }: Props) {
  const { actor, project, isAdmin } = await settingsOf(params, "notifications");
  const selection = logQuery.parse(await searchParams);
  const read = async () => {
    const { cursor, ...asked } = selection;
    const [routes, log, names] = await Promise.all([
      listRoutes(actor, project.slug),
      sinceOrAll(cursor, (one) =>
        listDeliveries(actor, project.slug, { ...asked, limit: SHOWN, ...(one !== null && { cursor: one }) }),
      ),
      readRouteNames(actor, project.slug),
    ]);
    return { routes: routes.items, names, log: { ...log.read, selection: { ...selection, cursor: log.since } } };
  };
  return (
    <SettingsFrame project={project.slug} page="notifications" isAdmin={isAdmin}>
      {isAdmin && <Notifications project={project.slug} {...(await read())} />}
    </SettingsFrame>
  );
}
