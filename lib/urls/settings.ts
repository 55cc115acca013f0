import { segment } from "./query";

/** Pages of a project's settings; "" is the first one. */
export const SETTINGS_PAGES = ["", "events", "causes", "notifications", "tokens", "members"] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

export function settingsUrl(project: string, page: SettingsPage = ""): string {
  return `/${segment(project)}/settings${page && `/${page}`}`;
}
