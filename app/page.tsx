import { redirect } from "next/navigation";
import { ProjectList } from "@/components/overview/project-list";
import { accountOf, readProjectItems } from "@/lib/queries/frame";
import { overviewUrl } from "@/lib/urls/overview";
import { pageActor } from "./actor";
import { readTheme } from "./theme";

/** All projects; straight to the project when there is one. */
export default async function ProjectsPage() {
  const actor = await pageActor();
  const projects = await readProjectItems(actor);
  const [only] = projects;
  if (only && projects.length === 1) redirect(overviewUrl(only.slug));
  return <ProjectList projects={projects} theme={await readTheme()} account={accountOf(actor)} />;
}
