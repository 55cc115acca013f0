import { type ReleasePolicy, readPolicy } from "../release/policy";
import { type LinkTemplate, readLinkTemplates } from "./linkTemplates";
import { type DueDays, readDueDays } from "./triage";
import type { Json } from "./words";

/** What a project says is not its code; see lib/commands/bodies.ts. */
export type CauseSettings = {
  controlWorkloads: string[];
  controlEnvironments: string[];
  /** Repository of a component, by its name. */
  components: Record<string, string>;
  /** Facts of environments that break no line. */
  notes: string[];
  /** Address of a form for a new issue, with {title}, {body} and {url}; null: that of the repository's host. */
  issueUrl: string | null;
  /** Links that pages of runs and commits show. */
  linkTemplates: LinkTemplate[];
  /** What a release may ship with. */
  releasePolicy: ReleasePolicy;
  /** Working days after which a shift is due. */
  dueDays: DueDays;
};

/** Settings as stored (key to JSON), with what nobody has set. */
export function readCauseSettings(stored: ReadonlyMap<string, Json>): CauseSettings {
  const names = (key: string) => {
    const value = stored.get(key);
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  };
  const issueUrl = stored.get("issueUrl");
  const components = stored.get("components");
  const isMap = components !== null && typeof components === "object" && !Array.isArray(components);
  return {
    controlWorkloads: names("controlWorkloads"),
    controlEnvironments: names("controlEnvironments"),
    components: isMap
      ? Object.fromEntries(
          Object.entries(components).filter((one): one is [string, string] => typeof one[1] === "string"),
        )
      : {},
    notes: names("notes"),
    issueUrl: typeof issueUrl === "string" ? issueUrl : null,
    linkTemplates: readLinkTemplates(stored.get("linkTemplates")),
    releasePolicy: readPolicy(stored.get("releasePolicy")),
    dueDays: readDueDays(stored.get("dueDays")),
  };
}
