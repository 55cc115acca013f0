import { CorrectionBody, EventBody, EventChange, ExclusionBody, SettingsChange } from "@/lib/commands/bodies";
import { CorrectionsQuery, EventsQuery } from "@/lib/http/queries";
import {
  CorrectionAnswer,
  CorrectionsAnswer,
  EventAnswer,
  EventsAnswer,
  ExcludedAnswer,
  ExclusionAnswer,
  ExclusionsAnswer,
  RemovedEventAnswer,
  SettingsAnswer,
} from "../answers/corrections";
import type { Endpoint } from "../types";

const project = { project: "dask" };
const line = { workload: "array/vorticity", metric: "duration", environment: "10x-m6i.large" };
const COMMIT = "3867e34f48d93ab8e6c1f8bbf1ae231a1f53a13f";
const group = "Events and corrections";
const exclusion = { run: "nightly-5", reason: "The image was built without optimisation." };
const correction = { ...line, commit: COMMIT, reason: "Seen by eye; #6213 explains it." };

const PROJECT = "/api/v1/projects/{project}";

export const corrections: Endpoint[] = [
  {
    method: "POST",
    path: `${PROJECT}/events`,
    id: "addEvent",
    group,
    title: "Add an event",
    text: "A note on the time axis, at a commit or at a time, for the project or one environment, workload or metric. With border, detection does not cross it: its commit is the first of the new stretch. A commit that is not known yet may be named by all 40 digits.",
    scope: "triage",
    body: EventBody,
    answers: [{ status: 201, text: "Added.", schema: EventAnswer }],
    examples: [
      {
        name: "POST .../events",
        path: project,
        body: { text: "New data set", at: "2022-06-20T00:00:00Z", workload: "array/vorticity", border: true },
        status: 201,
      },
    ],
  },
  {
    method: "GET",
    path: `${PROJECT}/events`,
    id: "listEvents",
    group,
    title: "List the events",
    text: "The newest note first. A filter by name keeps those that concern it: also those for all.",
    scope: "read",
    query: EventsQuery,
    answers: [
      {
        status: 200,
        text: "The events that match.",
        schema: EventsAnswer,
        csv: "id text border commit at position environment workload metric createdBy createdAt".split(" "),
      },
    ],
    examples: [
      { name: "GET .../events", path: project, status: 200 },
      { name: "GET .../events: CSV", path: project, query: { format: "csv" }, status: 200 },
    ],
  },
  {
    method: "PATCH",
    path: `${PROJECT}/events/{id}`,
    id: "changeEvent",
    group,
    title: "Change an event",
    text: "What is left out stays; a commit takes the place of a time, and the reverse.",
    scope: "triage",
    body: EventChange,
    answers: [{ status: 200, text: "As it is now.", schema: EventAnswer }],
    examples: [{ name: "PATCH .../events/{id}", path: { ...project, id: "1" }, body: { commit: COMMIT }, status: 200 }],
  },
  {
    method: "DELETE",
    path: `${PROJECT}/events/{id}`,
    id: "removeEvent",
    group,
    title: "Remove an event",
    text: "A border is none any more from the next analysis on.",
    scope: "triage",
    answers: [{ status: 200, text: "Removed.", schema: RemovedEventAnswer }],
    examples: [{ name: "DELETE .../events/{id}", path: { ...project, id: "1" }, status: 200 }],
  },
  {
    method: "POST",
    path: `${PROJECT}/exclusions`,
    id: "exclude",
    group,
    title: "Exclude a run or a value",
    text: "A run by its key, what it measured on one line (with workload and metric), or a point: commit, workload, metric and environment stand for all of its runs of now. It stays stored, and is in no level, comparison or shift. What is out already stays as it is.",
    scope: "triage",
    body: ExclusionBody,
    answers: [
      { status: 201, text: "Something is out that was not before.", schema: ExcludedAnswer },
      { status: 200, text: "All of it was out already.", schema: ExcludedAnswer },
    ],
    examples: [
      { name: "POST .../exclusions", path: project, body: exclusion, status: 201 },
      { name: "POST .../exclusions: again", path: project, body: exclusion, status: 200 },
    ],
  },
  {
    method: "GET",
    path: `${PROJECT}/exclusions`,
    id: "listExclusions",
    group,
    title: "List the exclusions",
    text: "The newest first; with all=1 also what was brought back.",
    scope: "read",
    query: CorrectionsQuery,
    answers: [{ status: 200, text: "What is out, and why.", schema: ExclusionsAnswer }],
    examples: [{ name: "GET .../exclusions", path: project, status: 200 }],
  },
  {
    method: "DELETE",
    path: `${PROJECT}/exclusions/{id}`,
    id: "restore",
    group,
    title: "Restore what was excluded",
    text: "Once more changes nothing.",
    scope: "triage",
    answers: [{ status: 200, text: "It counts again.", schema: ExclusionAnswer }],
    examples: [{ name: "DELETE .../exclusions/{id}", path: { ...project, id: "1" }, status: 200 }],
  },
  {
    method: "POST",
    path: `${PROJECT}/corrections`,
    id: "correct",
    group,
    title: "Mark or move a changepoint",
    text: "Marks a shift that was missed on a line; with moves, the changepoint told at that commit lies here instead. It is kept through every analysis, told as by hand, and joins shifts as any other.",
    scope: "triage",
    body: CorrectionBody,
    answers: [
      { status: 201, text: "Kept.", schema: CorrectionAnswer },
      { status: 200, text: "It stood already.", schema: CorrectionAnswer },
    ],
    conflict: "Another correction stands at this commit of the line.",
    examples: [
      { name: "POST .../corrections", path: project, body: correction, status: 201 },
      { name: "POST .../corrections: again", path: project, body: correction, status: 200 },
      {
        name: "POST .../corrections: another",
        path: project,
        body: { ...correction, lastGood: "5f461bc7129a7499a502e6b05e2e6191ca1c21d6" },
        status: 409,
      },
    ],
  },
  {
    method: "GET",
    path: `${PROJECT}/corrections`,
    id: "listCorrections",
    group,
    title: "List the corrections",
    text: "Marks and moves, the newest first; with all=1 also those that were taken back.",
    scope: "read",
    query: CorrectionsQuery,
    answers: [{ status: 200, text: "What people corrected.", schema: CorrectionsAnswer }],
    examples: [{ name: "GET .../corrections", path: project, status: 200 }],
  },
  {
    method: "DELETE",
    path: `${PROJECT}/corrections/{id}`,
    id: "removeCorrection",
    group,
    title: "Take a correction back",
    text: "From the next analysis on the data decide again. Once more changes nothing.",
    scope: "triage",
    answers: [{ status: 200, text: "Taken back.", schema: CorrectionAnswer }],
    examples: [{ name: "DELETE .../corrections/{id}", path: { ...project, id: "1" }, status: 200 }],
  },
  {
    method: "PATCH",
    path: `${PROJECT}/settings`,
    id: "changeSettings",
    group,
    title: "Change the settings",
    text: "What is not the code: controls, repositories of components, facts that are notes; and links for pages of runs and commits. What is left out stays; a list or map that is given replaces the one before. Controls hold for earlier runs too, from the next analysis on.",
    scope: "admin",
    body: SettingsChange,
    answers: [{ status: 200, text: "As they are now.", schema: SettingsAnswer }],
    examples: [
      {
        name: "PATCH .../settings",
        path: project,
        body: {
          notes: ["host"],
          components: { dask: "https://github.com/dask/dask" },
          linkTemplates: [
            { name: "Grafana", url: "https://grafana.example/d/cluster?from={startedAtMs}&to={finishedAtMs}" },
          ],
        },
        status: 200,
      },
    ],
  },
  {
    method: "GET",
    path: `${PROJECT}/settings`,
    id: "getSettings",
    group,
    title: "The settings",
    text: "What the project says is not its code.",
    scope: "admin",
    answers: [{ status: 200, text: "All of them, also those that nobody has set.", schema: SettingsAnswer }],
    examples: [{ name: "GET .../settings", path: project, status: 200 }],
  },
];
