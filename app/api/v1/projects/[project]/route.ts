import { ProjectChange } from "@/lib/auth/bodies";
import { changeProject } from "@/lib/commands/changeProject";
import { route } from "@/lib/http/route";
import { readProjectItem } from "@/lib/queries/project";

export const GET = route({ scope: "read" }, ({ actor, params }) => readProjectItem(actor, params.project ?? ""));

export const PATCH = route({ scope: "admin", body: ProjectChange }, ({ actor, params, body }) =>
  changeProject(actor, params.project ?? "", body),
);
