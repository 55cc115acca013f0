import { DetectorQuery } from "@/lib/http/detectorQuery";
import { route } from "@/lib/http/route";
import { readDetector } from "@/lib/queries/detector";

/** How the detector sees one line: noise, findings, what was rejected and why, at any sensitivity. */
export const GET = route({ scope: "read", query: DetectorQuery }, ({ actor, params, query }) =>
  readDetector(actor, params.project ?? "", query),
);
