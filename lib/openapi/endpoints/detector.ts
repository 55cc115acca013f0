import { SensitivityBody } from "@/lib/commands/sensitivityBody";
import { DetectorQuery } from "@/lib/http/detectorQuery";
import { DriftQuery } from "@/lib/http/queries";
import { DetectorAnswer, DriftAnswer, SensitivityAnswer } from "../answers/detector";
import type { Endpoint } from "../types";

const project = { project: "dask" };

export const detector: Endpoint[] = [
  {
    method: "GET",
    path: "/api/v1/projects/{project}/detector",
    id: "getDetector",
    group: "Trends",
    title: "How the detector sees a line",
    text: "Noise, autocorrelation, the smallest change that the next runs would show, what was found, what was rejected and why; and how the findings would change at another sensitivity. Computed when asked for, on the default branch.",
    scope: "read",
    query: DetectorQuery,
    answers: [{ status: 200, text: "The line as the detector sees it.", schema: DetectorAnswer }],
    examples: [
      {
        name: "GET .../detector",
        path: project,
        query: { workload: "array/anom_mean", metric: "duration", sensitivity: "1.5" },
        status: 200,
      },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/drift",
    id: "listDrift",
    group: "Trends",
    title: "List the lines that drift",
    text: "The sum of small steps since the last release on the branch, or over the newest hundred points, where no step that is told explains it. As the newest analysis has it; a release that arrives asks for one. As CSV all rows.",
    scope: "read",
    query: DriftQuery,
    answers: [
      {
        status: 200,
        text: "The largest change first, or by certainty or name.",
        schema: DriftAnswer,
        csv: "workload params metric environment unit direction change difference lo hi p level since release points steps url".split(
          " ",
        ),
      },
    ],
    examples: [
      { name: "GET .../drift", path: project, query: { sort: "certainty" }, status: 200 },
      { name: "GET .../drift: csv", path: project, query: { format: "csv", direction: "regression" }, status: 200 },
    ],
  },
  {
    method: "PATCH",
    path: "/api/v1/projects/{project}/settings/sensitivity",
    id: "setSensitivity",
    group: "Events and corrections",
    title: "Say the detector's sensitivity",
    text: "For a workload, a metric (scope triage) or the project (scope admin); null takes it back. The lines it concerns are analysed anew. The nearest holds: the workload's, else the metric's, else the project's, else 1.",
    scope: "triage",
    body: SensitivityBody,
    answers: [{ status: 200, text: "What holds now at this level.", schema: SensitivityAnswer }],
    examples: [
      {
        name: "PATCH .../settings/sensitivity",
        path: project,
        body: { level: "metric", metric: "duration", value: 1.2 },
        status: 200,
      },
    ],
  },
];
