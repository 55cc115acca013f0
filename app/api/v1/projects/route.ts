import { ProjectBody } from "@/ingest/schema";
import { createProject } from "@/lib/commands/createProject";
import { answer, route } from "@/lib/http/route";
import { listProjects } from "@/lib/queries/project";

export const GET = route({ scope: "read" }, ({ actor }) => listProjects(actor));

export const POST = route({ scope: "admin", body: ProjectBody }, async ({ actor, body }) =>
  answer(await createProject(actor, body), { status: 201 }),
);
