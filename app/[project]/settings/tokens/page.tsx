import type { Metadata } from "next";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { Tokens } from "@/components/settings/tokens";
import { listTokens } from "@/lib/queries/tokens";
import { settingsOf } from "../guard";

export const metadata: Metadata = { title: "Tokens" };

/** Tokens of one page; a project with more has a program that makes them, and the API for it. */
const SHOWN = 200;

type Props = { params: Promise<{ project: string }> };

export default async function TokensPage({ params }: Props) {
  const { actor, project, isAdmin } = await settingsOf(params, "tokens");
  const tokens = isAdmin ? await listTokens(actor, project.slug, { limit: SHOWN }) : { items: [], total: 0 };
  return (
    <SettingsFrame project={project.slug} page="tokens" isAdmin={isAdmin}>
      <Tokens project={project.slug} tokens={tokens.items} total={tokens.total} />
    </SettingsFrame>
  );
}
