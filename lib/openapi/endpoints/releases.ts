import { CheckQuery, PlanQuery, ReportMarkdownQuery, ReportQuery, WaiverQuery } from "@/lib/http/queries";
import { ReportChange, WaiverBody } from "@/lib/report/bodies";
import { CheckAnswer, PlanAnswer, ReportAnswer } from "../answers/releases";
import { TextAnswer } from "../answers/sharing";
import type { Endpoint } from "../types";

const PROJECT = "/api/v1/projects/{project}";
const project = { project: "dask" };
const candidate = "2022.7.1";
const group = "Releases";
const REVISION = "Somebody wrote to the report since the revision that is named, or its state does not allow it.";

/** Reports of releases, their life, and the gate. */
export const releases: Endpoint[] = [
  {
    method: "GET",
    path: `${PROJECT}/releases/report`,
    id: "getReport",
    group,
    title: "The report of a release",
    text: "A candidate (a tag, the head of a branch, a commit) against the last release among its first parents: what got worse and who decided on it, what got better, what cannot be told and the runs that would settle it, what fails or is missing, and the verdict. A draft is computed when it is asked for; of a frozen one the figures never move, and `since` says what is different now. How values and verdicts are made: docs/reports.md.",
    scope: "read",
    query: ReportQuery,
    answers: [
      {
        status: 200,
        text: "The report.",
        schema: ReportAnswer,
        csv: "workload params metric unit environment verdict why baseline candidate change difference intervalLow intervalHigh netOfAccepted baselineRuns candidateRuns ownRuns ownValue distance needsRuns shifts".split(
          " ",
        ),
      },
    ],
    examples: [
      { name: "GET .../releases/report", path: project, query: { candidate }, status: 200 },
      { name: "GET .../releases/report: csv", path: project, query: { candidate, format: "csv" }, status: 200 },
      { name: "GET .../releases/report: no such release", path: project, query: { candidate: "1.0" }, status: 404 },
    ],
  },
  {
    method: "GET",
    path: `${PROJECT}/releases/report/markdown`,
    id: "getReportMarkdown",
    group,
    title: "The report as Markdown",
    text: "The whole report as GitHub writes it, with absolute links. What clients sent is text in it.",
    scope: "read",
    query: ReportMarkdownQuery,
    answers: [{ status: 200, text: "The text.", schema: TextAnswer, media: "text/markdown; charset=utf-8" }],
    examples: [{ name: "GET .../releases/report/markdown", path: project, query: { candidate }, status: 200 }],
  },
  {
    method: "GET",
    path: `${PROJECT}/releases/plan`,
    id: "getReleasePlan",
    group,
    title: "What must still be measured",
    text: "The runs that would settle what cannot be told and bring what is missing, of what the policy looks at: per environment and commit the cases with their runs and seconds. For a scheduler.",
    scope: "read",
    query: PlanQuery,
    answers: [{ status: 200, text: "The runs.", schema: PlanAnswer }],
    examples: [{ name: "GET .../releases/plan", path: project, query: { tag: candidate }, status: 200 }],
  },
  {
    method: "POST",
    path: `${PROJECT}/releases/waivers`,
    id: "addWaiver",
    group,
    title: "Waive a shift or a workload for one release",
    text: "Somebody answers for shipping in spite of it, with a reason and a last day. A workload that is missing, fails, or got worse without a shift is waived by its name.",
    scope: "triage",
    body: WaiverBody,
    answers: [{ status: 201, text: "The report as it is then.", schema: ReportAnswer }],
    conflict:
      "It is waived already, the report is signed or rejected, or somebody wrote to it since the revision that is named.",
    examples: [
      {
        name: "POST .../releases/waivers",
        path: project,
        body: {
          candidate,
          revision: 0,
          shift: 1,
          reason: "The new default costs time here; the next release makes it optional.",
          owner: "ada@example.org",
          expiresOn: "2099-12-31",
        },
        status: 201,
      },
      {
        name: "POST .../releases/waivers: seen too early",
        path: project,
        body: { candidate, revision: 0, shift: 1, reason: "again", owner: "ada@example.org", expiresOn: "2099-12-31" },
        status: 409,
      },
    ],
  },
  {
    method: "DELETE",
    path: `${PROJECT}/releases/waivers/{id}`,
    id: "withdrawWaiver",
    group,
    title: "Withdraw a waiver",
    text: "What it covered blocks again. It stays in the report's history.",
    scope: "triage",
    query: WaiverQuery,
    answers: [{ status: 200, text: "The report as it is then.", schema: ReportAnswer }],
    conflict: "The report is signed or rejected, or somebody wrote to it since the revision that is named.",
    examples: [
      {
        name: "DELETE .../releases/waivers/{id}: seen too early",
        path: { ...project, id: "1" },
        query: { revision: "0" },
        status: 409,
      },
      {
        name: "DELETE .../releases/waivers/{id}",
        path: { ...project, id: "1" },
        query: { revision: "1" },
        status: 200,
      },
    ],
  },
  {
    method: "PATCH",
    path: `${PROJECT}/releases/report`,
    id: "changeReport",
    group,
    title: "Freeze, sign off or reject a report",
    text: "draft: begins one that is followed from analysis to analysis, also beside a frozen report (then it has the next number). frozen: its figures are kept and never move again; refused while the analysis waits. signed: refused while anything blocks it, each with its reason. rejected: such a tag is no baseline of later reports.",
    scope: "triage",
    body: ReportChange,
    answers: [{ status: 200, text: "The report as it is then.", schema: ReportAnswer }],
    conflict: `${REVISION} A sign-off is refused while regressions are undecided or workloads missing.`,
    examples: [
      {
        name: "PATCH .../releases/report: freeze",
        path: project,
        body: { candidate, revision: 2, state: "frozen" },
        status: 200,
      },
      {
        name: "PATCH .../releases/report: sign off too early",
        path: project,
        body: { candidate, revision: 3, state: "signed" },
        status: 409,
      },
      {
        name: "PATCH .../releases/report: reject",
        path: project,
        body: { candidate, revision: 3, state: "rejected", reason: "The step of anom_mean must go first." },
        status: 200,
      },
    ],
  },
  {
    method: "GET",
    path: `${PROJECT}/check`,
    id: "check",
    group,
    title: "Pass, fail or cannot tell",
    text: "Judges a candidate by the project's release policy: a release or a commit of the default branch by its report, another branch or a pull request (pr:N) by comparison with its base. A row that got worse fails unless it was accepted or waived; a workload that is missing or fails never passes silently. `waits` counts stored bodies that were not analysed yet: ask again until it is 0.",
    scope: "read",
    query: CheckQuery,
    answers: [{ status: 200, text: "The answer with its reasons.", schema: CheckAnswer }],
    examples: [
      { name: "GET .../check", path: project, query: { candidate }, status: 200 },
      { name: "GET .../check: a release that does not exist", path: project, query: { candidate: "1.0" }, status: 404 },
    ],
  },
];
