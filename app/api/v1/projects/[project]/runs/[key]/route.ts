import { answerText, route } from "@/lib/http/route";
import { readRunDocument } from "@/lib/queries/runs";

export const GET = route({ scope: "read" }, async ({ actor, params, request }) =>
  answerText(await readRunDocument(actor, params.project ?? "", params.key ?? ""), "application/json", request),
);
