import { CommitListBody, ReleasesBody, RunDocument } from "@/ingest/schema";
import { StoreRunsQuery } from "@/lib/http/queries";
import type { Json } from "@/lib/model/words";
import { StoredCommitsAnswer, StoredReleasesAnswer, StoredRunsAnswer } from "../answers/runs";
import type { Endpoint } from "../types";

const project = { project: "dask" };

export const FIRST = "6d85a8536ee02fd2a9ae52f50de030d1cc7afe7e";
export const HEAD = "d360b6311bd83027724ffadd897579230e818105";

const run: Json = {
  run: {
    key: "gha-6211-1",
    startedAt: "2022-06-06T15:00:00Z",
    finishedAt: "2022-06-06T15:41:00Z",
    url: "https://ci.example/6211",
  },
  commit: { sha: HEAD, committedAt: "2022-06-06T14:02:29Z", branch: "main", parents: [FIRST], pullRequest: 6404 },
  environment: { name: "10x-m6i.large", facts: { instance: "m6i.large", workers: 10 } },
  components: { pandas: "1.4.2", python: "3.9.12" },
  results: [
    {
      workload: "array/anom_mean",
      params: { data: "compressible" },
      outcome: "passed",
      metrics: { duration: [62.1, 61.8, 63.0], peak_memory: { values: [1.2], unit: "GB" } },
    },
    { workload: "array/vorticity", outcome: "failed", error: "KilledWorker after 3 retries" },
  ],
};

/** One short document: a value of one workload at the first commit. */
const small = (key: string, value: number, workload = "array/anom_mean"): Json => ({
  run: { key },
  commit: { sha: FIRST, branch: "main" },
  environment: { name: "10x-m6i.large", facts: { instance: "m6i.large", workers: 10 } },
  results: [
    {
      workload,
      params: { data: "compressible" },
      outcome: "passed",
      metrics: { duration: [value] },
    },
  ],
});

export const sending: Endpoint[] = [
  {
    method: "POST",
    path: "/api/v1/projects/{project}/commits",
    id: "storeCommits",
    group: "Sending results",
    title: "Send the commits of a branch",
    text: "Measured or not, oldest first: order, ranges and the number of commits in between rest on it. A long list goes in parts; parts may arrive in any order, and again. What a list says of a commit wins over what runs say.",
    scope: "ingest",
    body: CommitListBody,
    large: true,
    answers: [
      { status: 201, text: "A commit was new.", schema: StoredCommitsAnswer },
      { status: 200, text: "All of them were known.", schema: StoredCommitsAnswer },
    ],
    examples: [
      {
        name: "POST .../commits",
        path: project,
        body: {
          branch: "main",
          commits: [
            { sha: FIRST, committedAt: "2022-06-06T12:00:00Z", parents: [] },
            { sha: HEAD, committedAt: "2022-06-06T14:02:29Z", parents: [FIRST], pullRequest: 6404 },
          ],
        },
        status: 201,
      },
      {
        name: "POST .../commits: again",
        path: project,
        body: { branch: "main", commits: [{ sha: HEAD, committedAt: "2022-06-06T14:02:29Z", parents: [FIRST] }] },
        status: 200,
      },
    ],
  },
  {
    method: "POST",
    path: "/api/v1/projects/{project}/runs",
    id: "storeRuns",
    group: "Sending results",
    title: "Send what a run measured",
    text: "One document, an array of them, or one per line. One body is one transaction: a fault in one document refuses all. The key makes it safe to send again; another document under a known key is refused.",
    scope: "ingest",
    query: StoreRunsQuery,
    body: RunDocument,
    many: true,
    large: true,
    answers: [
      { status: 201, text: "A run was new. It is stored for good.", schema: StoredRunsAnswer },
      { status: 200, text: "All of them were there already, or it was a dry run.", schema: StoredRunsAnswer },
    ],
    conflict: "A key is known, with another document.",
    examples: [
      { name: "POST .../runs", path: project, body: run, status: 201 },
      { name: "POST .../runs: again", path: project, body: run, status: 200 },
      {
        name: "POST .../runs: one per line",
        path: project,
        lines: [small("gha-6209-1", 61.4), small("gha-6209-2", 62.6)],
        status: 201,
      },
      {
        name: "POST .../runs: dry run",
        path: project,
        query: { dryRun: "1" },
        body: small("gha-6213-1", 59.8, "dataframe/shuffle"),
        status: 200,
      },
      { name: "POST .../runs: other content", path: project, body: small("gha-6209-1", 60), status: 409 },
      {
        name: "POST .../runs: a fault",
        path: project,
        body: {
          run: { key: "gha-6212-1" },
          commit: { sha: HEAD },
          environment: { name: "10x-m6i.large" },
          results: [{ workload: "array/anom_mean", outcome: "passed", metrics: { duration: ["fast"] } }],
        },
        status: 422,
      },
    ],
  },
  {
    method: "POST",
    path: "/api/v1/projects/{project}/releases",
    id: "storeReleases",
    group: "Sending results",
    title: "Send releases",
    text: "Tags and the commits they name. A tag that is sent again with another commit moves there.",
    scope: "ingest",
    body: ReleasesBody,
    large: true,
    answers: [
      { status: 201, text: "A tag was new.", schema: StoredReleasesAnswer },
      { status: 200, text: "All of them were known.", schema: StoredReleasesAnswer },
    ],
    examples: [
      {
        name: "POST .../releases",
        path: project,
        body: { releases: [{ tag: "2022.6.0", sha: HEAD, releasedAt: "2022-06-10T21:51:45Z" }] },
        status: 201,
      },
      {
        name: "POST .../releases: again",
        path: project,
        body: { releases: [{ tag: "2022.6.0", sha: HEAD }] },
        status: 200,
      },
    ],
  },
];
