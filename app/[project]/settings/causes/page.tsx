import type { Metadata } from "next";
import { Causes } from "@/components/settings/causes";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { listSensitivities } from "@/lib/queries/saidSensitivities";
import { readSettings } from "@/lib/queries/settings";
import { settingsOf } from "../guard";

export const metadata: Metadata = { title: "Causes and detector" };

type Props = { params: Promise<{ project: string }> };

export default async function CausesPage({ params }: Props) {
  const { actor, project, isAdmin } = await settingsOf(params, "causes");
  return (
    <SettingsFrame project={project.slug} page="causes" isAdmin={isAdmin}>
      {isAdmin && (
        <Causes
          project={project.slug}
          settings={await readSettings(actor, project.slug)}
          said={await listSensitivities(actor, project.slug)}
        />
      )}
    </SettingsFrame>
  );
}
