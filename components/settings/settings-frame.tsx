import type { ReactNode } from "react";
import { PageHead } from "@/components/frame/page-head";
import { Segmented } from "@/components/ui/segmented";
import { EmptyState } from "@/components/ui/state";
import { SETTINGS_PAGES, type SettingsPage, settingsUrl } from "@/lib/urls/settings";

const TITLE: Record<SettingsPage, string> = {
  "": "General",
  events: "Events",
  causes: "Causes and detector",
  notifications: "Notifications",
  tokens: "Tokens",
  members: "Members",
};

/** The frame of the settings; for whoever is no admin a sentence in place of the page. */
export function SettingsFrame({
  project,
  page,
  isAdmin,
  children,
}: {
  project: string;
  page: SettingsPage;
  /** May the reader do what the page is for? An admin may everything. */
  isAdmin: boolean;
  children: ReactNode;
}) {
  const items = SETTINGS_PAGES.map((one) => ({
    key: one,
    label: TITLE[one],
    href: settingsUrl(project, one),
    current: one === page,
  }));
  return (
    <>
      <PageHead title="Settings">
        <Segmented label="Pages of the settings" items={items} />
      </PageHead>
      {isAdmin ? (
        children
      ) : (
        <EmptyState title="Only an admin may change settings">
          Ask an admin of this server to change something, to make a token, or to invite somebody.
        </EmptyState>
      )}
    </>
  );
}
