import { setSensitivity } from "@/lib/commands/sensitivity";
import { SensitivityBody } from "@/lib/commands/sensitivityBody";
import { route } from "@/lib/http/route";

export const PATCH = route({ scope: "triage", body: SensitivityBody }, ({ actor, params, body }) =>
  setSensitivity(actor, params.project ?? "", body),
);
