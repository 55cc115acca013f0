import { originOf } from "@/lib/http/origin";
import { answerText, route } from "@/lib/http/route";
import { shiftNumber } from "@/lib/http/shiftNumber";
import { readShiftMarkdown } from "@/lib/queries/sharing";

/** The shift as Markdown for an issue. */
export const GET = route({ scope: "read" }, async ({ request, actor, params }) => {
  const number = shiftNumber(params.number);
  const text = await readShiftMarkdown(actor, params.project ?? "", number, originOf(request));
  return answerText(text, "text/markdown; charset=utf-8", request);
});
