import { apiDocsUrl } from "@/lib/urls/apiDocs";
import { compareUrl } from "@/lib/urls/compare";
import { overviewUrl } from "@/lib/urls/overview";
import { releasesUrl } from "@/lib/urls/releases";
import { settingsUrl } from "@/lib/urls/settings";
import { shiftsUrl } from "@/lib/urls/shifts";
import { accountUrl } from "@/lib/urls/signIn";
import { workloadsUrl } from "@/lib/urls/workloads";

/** A page that the palette jumps to. */
export type Place = { label: string; href: string };

/** The pages of a project and those beside it. */
export const placesOf = (project: string): Place[] => [
  { label: "Overview", href: overviewUrl(project) },
  { label: "Workloads", href: workloadsUrl(project) },
  { label: "Compare", href: compareUrl(project) },
  { label: "Shifts", href: shiftsUrl(project) },
  { label: "Releases", href: releasesUrl(project) },
  { label: "Settings", href: settingsUrl(project) },
  { label: "Settings: events", href: settingsUrl(project, "events") },
  { label: "Settings: causes and detector", href: settingsUrl(project, "causes") },
  { label: "Settings: notifications", href: settingsUrl(project, "notifications") },
  { label: "Settings: tokens", href: settingsUrl(project, "tokens") },
  { label: "Settings: members", href: settingsUrl(project, "members") },
  { label: "Account", href: accountUrl },
  { label: "All projects", href: "/" },
  { label: "HTTP API", href: apiDocsUrl() },
];
