import type { Metadata } from "next";
import { Members } from "@/components/settings/members";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { listUsers } from "@/lib/queries/users";
import { settingsOf } from "../guard";

export const metadata: Metadata = { title: "Members" };

type Props = { params: Promise<{ project: string }> };

export default async function MembersPage({ params }: Props) {
  const { actor, project, isAdmin } = await settingsOf(params, "members");
  return (
    <SettingsFrame project={project.slug} page="members" isAdmin={isAdmin}>
      <Members users={isAdmin ? (await listUsers(actor)).items : []} self={actor.user?.id ?? null} />
    </SettingsFrame>
  );
}
