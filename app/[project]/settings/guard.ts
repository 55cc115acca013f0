import { redirect } from "next/navigation";
import { type Actor, may } from "@/lib/model/actor";
import { type ProjectRow, readableProject } from "@/lib/queries/project";
import { type SettingsPage, settingsUrl } from "@/lib/urls/settings";
import { signInUrl } from "@/lib/urls/signIn";
import { pageActor } from "../../actor";
import { decoded, orNotFound } from "../../found";

/**
 * Who asks for a page of the settings, and for which project: 404 for a project that they may not read, the way in for
 * nobody in particular. `isAdmin` false: signed in, but the page has nothing for them.
 */
export async function settingsOf(
  params: Promise<{ project: string }>,
  page: SettingsPage,
): Promise<{ actor: Actor; project: ProjectRow; isAdmin: boolean }> {
  const actor = await pageActor();
  const project = await orNotFound(readableProject(actor, decoded((await params).project)));
  if (actor.kind === "anonymous") redirect(signInUrl({ next: settingsUrl(project.slug, page) }));
  const isEverywhere = page !== "members" || actor.projectId === null;
  return { actor, project, isAdmin: isEverywhere && may(actor, "admin", project.id) };
}
