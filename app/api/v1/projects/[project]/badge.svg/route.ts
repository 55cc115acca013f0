import { answerPicture } from "@/app/api/v1/answerPicture";
import { withSignature } from "@/lib/auth/sharedLinks";
import { plural } from "@/lib/format/number";
import { formatDate } from "@/lib/format/time";
import { BadgeQuery } from "@/lib/http/shareQueries";
import { route } from "@/lib/http/route";
import { badge } from "@/lib/image/badge";
import { type BadgeRead, readBadge } from "@/lib/queries/badge";

/** The state of a project, or of one workload, for a README. */
export const GET = route({ scope: "read", query: BadgeQuery }, async ({ request, actor, params, query }) => {
  const { project: slug = "" } = params;
  const { workload, signature } = query;
  const reader = await withSignature(actor, slug, { kind: "badge", workload }, signature);
  const read = await readBadge(reader, slug, workload);
  return answerPicture(request, badge(read.workload ?? "performance", ...messageOf(read)), "svg", read.visibility);
});

function messageOf({ regressions, analysedAt }: BadgeRead): [string, "worse" | "fine" | "unknown"] {
  if (analysedAt === null) return ["not analysed yet", "unknown"];
  if (regressions > 0) return [plural(regressions, "open regression"), "worse"];
  return [`no open regression, analysed ${formatDate(analysedAt)}`, "fine"];
}
