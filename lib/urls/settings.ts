import { DELIVERY_STATES } from "@/lib/model/notification";
import { grammar, oneOf, type Selection, segment, text, whole } from "./query";

/** Pages of a project's settings; "" is the first one. */
export const SETTINGS_PAGES = ["", "events", "causes", "notifications", "tokens", "members"] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

export function settingsUrl(project: string, page: SettingsPage = ""): string {
  return `/${segment(project)}/settings${page && `/${page}`}`;
}

const log = { state: oneOf(DELIVERY_STATES, null), route: whole(null, 1), cursor: text } as const;
/** What the delivery log shows. route: its id. */
export type LogSelection = Selection<typeof log>;
export const logQuery = grammar(log);

export function notificationsUrl(project: string, selection: Partial<LogSelection> = {}): string {
  return `${settingsUrl(project, "notifications")}${logQuery.build(selection)}`;
}
