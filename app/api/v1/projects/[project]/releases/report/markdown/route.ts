import { readProject } from "@/lib/auth/access";
import { originOf } from "@/lib/http/origin";
import { ReportMarkdownQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { reportMarkdown } from "@/lib/release/markdown";
import { readReport } from "@/lib/report/read";

/** The whole report as GitHub's Markdown. */
export const GET = route({ scope: "read", query: ReportMarkdownQuery }, async ({ request, actor, params, query }) => {
  const { project: slug = "" } = params;
  const { candidate, against, report: number } = query;
  const report = await readReport(actor, slug, { candidate, against, number });
  const { defaultBranch } = await readProject(actor, slug);
  const text = reportMarkdown(report, originOf(request), defaultBranch);
  return answerText(text, "text/markdown; charset=utf-8", request);
});
