import { SERIES_THIN } from "@/components/workload/series-path";
import { ANONYMOUS } from "@/lib/model/actor";
import { readCommit } from "@/lib/queries/commit";
import { readComparison } from "@/lib/queries/compare";
import { readFrame } from "@/lib/queries/frame";
import { readOverview } from "@/lib/queries/overview";
import { readRun } from "@/lib/queries/run";
import { readSeries, readSeriesTogether } from "@/lib/queries/series";
import { readShift } from "@/lib/queries/shift";
import { readShiftSparks, readShifts } from "@/lib/queries/shifts";
import { readWorkload } from "@/lib/queries/workload";
import { readWorkloads } from "@/lib/queries/workloads";
import { apiUrl, seriesQuery } from "@/lib/urls/api";
import { commitUrl } from "@/lib/urls/commit";
import { compareUrl } from "@/lib/urls/compare";
import { overviewQuery, overviewUrl } from "@/lib/urls/overview";
import { runUrl } from "@/lib/urls/run";
import { shiftUrl } from "@/lib/urls/shift";
import { shiftsQuery, shiftsUrl } from "@/lib/urls/shifts";
import { workloadUrl } from "@/lib/urls/workload";
import { workloadsQuery, workloadsUrl } from "@/lib/urls/workloads";

/** What is asked for over HTTP, and the reads behind it. */
export type Target = { name: string; path: string; read: () => Promise<unknown> };

/** What the addresses need to know of the data. */
export type Known = {
  slug: string;
  long: number;
  first: number;
  shift: number;
  sha: string;
  run: string;
  release: string;
};

/** Points that are asked for of the endpoint, and rows that lists show at first. */
const THIN = 600;
const ROWS = 50;
const SPARK_ROOM = 16;
const ORIGIN = "http://127.0.0.1";

/** Every page and the endpoint with the same facts. A page reads the frame too. */
export function targets({ slug, long, first, shift, sha, run, release }: Known): Target[] {
  const page = (name: string, path: string, read: () => Promise<unknown>): Target => ({
    name,
    path,
    read: () => Promise.all([readFrame(ANONYMOUS, slug), read()]),
  });
  const endpoint = (name: string, path: string, read: () => Promise<unknown>): Target => ({
    name: `API ${name}`,
    path,
    read,
  });
  const overview = () => readOverview(ANONYMOUS, slug, overviewQuery.parse({}));
  const workloads = (sparklines: boolean, limit: number) => () =>
    readWorkloads(ANONYMOUS, slug, workloadsQuery.parse({}), { offset: 0, limit, sparklines });
  const asked = (workload: number, metric: string) => ({
    ...seriesQuery.parse({ workload: String(workload), metric, thin: String(THIN) }),
    samples: false,
  });
  const series = (workload: number, metric: string) => readSeries(ANONYMOUS, slug, asked(workload, metric));
  const trend = (number: number, metrics: readonly string[]) => async () => {
    await readWorkload(ANONYMOUS, slug, number, { params: null, environment: null, branch: null });
    await readSeriesTogether(
      ANONYMOUS,
      slug,
      metrics.map((metric) => ({ ...asked(number, metric), thin: SERIES_THIN })),
    );
  };
  const shifts = { ...shiftsQuery.parse({}), limit: ROWS, offset: 0 };
  const listed = async () => {
    const { items } = await readShifts(ANONYMOUS, slug, { ...shifts, members: 1 }, ORIGIN);
    await readShiftSparks(
      ANONYMOUS,
      slug,
      items.map(({ number }) => number),
      SPARK_ROOM,
    );
  };
  const sides = { baseline: `release:${release}`, contender: "branch:main" };
  const compared = { ...sides, environment: null, metric: null, workload: null, sort: "effect" as const };
  return [
    page("overview", overviewUrl(slug), overview),
    endpoint("overview", apiUrl.overview(slug), overview),
    page("workloads", workloadsUrl(slug), workloads(true, ROWS)),
    endpoint("workloads", apiUrl.workloads(slug), workloads(false, 100)),
    page("workload", workloadUrl(slug, { number: first, name: "" }), trend(first, METRICS)),
    page("workload, 10,000 commits", workloadUrl(slug, { number: long, name: "" }), trend(long, ["duration"])),
    endpoint("series", apiUrl.series(slug, asked(first, "duration")), () => series(first, "duration")),
    endpoint("series, 10,000", apiUrl.series(slug, asked(long, "duration")), () => series(long, "duration")),
    page("shifts", shiftsUrl(slug), listed),
    endpoint("shifts", apiUrl.shifts(slug), () => readShifts(ANONYMOUS, slug, { ...shifts, status: "all" }, ORIGIN)),
    page("shift", shiftUrl(slug, shift), () => readShift(ANONYMOUS, slug, shift)),
    endpoint("shift", apiUrl.shift(slug, shift), () => readShift(ANONYMOUS, slug, shift)),
    page("commit", commitUrl(slug, sha), () => readCommit(ANONYMOUS, slug, sha)),
    page("run", runUrl(slug, run), () => readRun(ANONYMOUS, slug, run)),
    page("compare", compareUrl(slug, sides), () => readComparison(ANONYMOUS, slug, compared)),
    endpoint("compare", `${apiUrl.project(slug)}/compare?baseline=${sides.baseline}&contender=${sides.contender}`, () =>
      readComparison(ANONYMOUS, slug, compared),
    ),
  ];
}

const METRICS = ["duration", "average_memory", "peak_memory"] as const;
