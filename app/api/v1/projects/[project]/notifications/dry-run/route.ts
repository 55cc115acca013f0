import { DryRunBody } from "@/lib/commands/notificationBodies";
import { route } from "@/lib/http/route";
import { readDryRun } from "@/lib/queries/dryRun";

/** Writes nothing: a filter is too long for an address. */
export const POST = route({ scope: "admin", body: DryRunBody }, ({ actor, params, body }) =>
  readDryRun(actor, params.project ?? "", body),
);
