import { RunDocument } from "@/ingest/schema";
import { CommitsQuery, ReleasesQuery, RunsQuery } from "@/lib/http/queries";
import { ReleasesAnswer } from "../answers/releases";
import { CommitsAnswer, RunsAnswer } from "../answers/runs";
import type { Endpoint } from "../types";

const project = { project: "dask" };

export const reading: Endpoint[] = [
  {
    method: "GET",
    path: "/api/v1/projects/{project}/runs",
    id: "listRuns",
    group: "Runs, commits, releases",
    title: "List the runs",
    text: "The last received first.",
    scope: "read",
    query: RunsQuery,
    answers: [{ status: 200, text: "The runs that match.", schema: RunsAnswer }],
    examples: [{ name: "GET .../runs", path: project, query: { limit: "1" }, status: 200 }],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/runs/{key}",
    id: "getRun",
    group: "Runs, commits, releases",
    title: "A run's document",
    text: "As it was sent: names, units and values before any conversion.",
    scope: "read",
    answers: [{ status: 200, text: "The document.", schema: RunDocument }],
    examples: [{ name: "GET .../runs/{key}", path: { ...project, key: "gha-6211-1" }, status: 200 }],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/commits",
    id: "listCommits",
    group: "Runs, commits, releases",
    title: "List the commits of a branch",
    text: "The head first; those off the line at the end. First parents decide the order, never dates against them.",
    scope: "read",
    query: CommitsQuery,
    answers: [{ status: 200, text: "The commits.", schema: CommitsAnswer }],
    examples: [
      { name: "GET .../commits", path: project, query: { limit: "2" }, status: 200 },
      { name: "GET .../commits: no such branch", path: project, query: { branch: "mian" }, status: 404 },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/releases",
    id: "listReleases",
    group: "Runs, commits, releases",
    title: "List the releases",
    text: "The newest first, with the state of their reports and the shifts since the release before.",
    scope: "read",
    query: ReleasesQuery,
    answers: [{ status: 200, text: "The releases.", schema: ReleasesAnswer }],
    examples: [{ name: "GET .../releases", path: project, status: 200 }],
  },
];
