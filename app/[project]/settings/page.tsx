import type { Metadata } from "next";
import { DueDays } from "@/components/settings/due-days";
import { GeneralForm } from "@/components/settings/general-form";
import { LinkTemplates } from "@/components/settings/links";
import { ReleasePolicy } from "@/components/settings/release-policy";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { Sharing } from "@/components/settings/sharing";
import { readLinkPreview } from "@/lib/queries/linkPreview";
import { readSettings } from "@/lib/queries/settings";
import { readSharedLinks } from "@/lib/queries/sharing";
import { absolute } from "@/lib/urls/absolute";
import { overviewUrl } from "@/lib/urls/overview";
import { newIssueTemplate } from "@/lib/urls/repository";
import { pageOrigin } from "../../origin";
import { settingsOf } from "./guard";

export const metadata: Metadata = { title: "Settings" };

type Props = { params: Promise<{ project: string }> };

export default async function SettingsPage({ params }: Props) {
  const { actor, project, isAdmin } = await settingsOf(params, "");
  const { slug, name, visibility, repository } = project;
  const origin = await pageOrigin();
  const settings = isAdmin ? await readSettings(actor, slug) : null;
  return (
    <SettingsFrame project={slug} page="" isAdmin={isAdmin}>
      {settings && (
        <>
          <GeneralForm project={slug} name={name} visibility={visibility} />
          <LinkTemplates
            project={slug}
            templates={settings.linkTemplates}
            preview={await readLinkPreview(actor, slug)}
          />
          <DueDays project={slug} dueDays={settings.dueDays} />
          <ReleasePolicy project={slug} policy={settings.releasePolicy} />
          <Sharing
            project={slug}
            issueUrl={settings.issueUrl}
            preset={newIssueTemplate(repository)}
            links={await readSharedLinks(actor, slug, null, origin)}
            url={absolute(origin, overviewUrl(slug))}
          />
        </>
      )}
    </SettingsFrame>
  );
}
