import type { Metadata } from "next";
import { GeneralForm } from "@/components/settings/general-form";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { settingsOf } from "./guard";

export const metadata: Metadata = { title: "Settings" };

type Props = { params: Promise<{ project: string }> };

export default async function SettingsPage({ params }: Props) {
  const { project, isAdmin } = await settingsOf(params, "");
  const { slug, name, visibility } = project;
  return (
    <SettingsFrame project={slug} page="" isAdmin={isAdmin}>
      <GeneralForm project={slug} name={name} visibility={visibility} />
    </SettingsFrame>
  );
}
