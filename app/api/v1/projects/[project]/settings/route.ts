import { SettingsChange } from "@/lib/commands/bodies";
import { changeSettings } from "@/lib/commands/settings";
import { route } from "@/lib/http/route";
import { readSettings } from "@/lib/queries/settings";

export const GET = route({ scope: "admin" }, ({ actor, params }) => readSettings(actor, params.project ?? ""));

export const PATCH = route({ scope: "admin", body: SettingsChange }, ({ actor, params, body }) =>
  changeSettings(actor, params.project ?? "", body),
);
