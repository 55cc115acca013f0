import { z } from "zod";
import { csv } from "@/lib/http/csv";
import { answerText, route } from "@/lib/http/route";
import { readSeries, type SeriesRead } from "@/lib/queries/series";

const optional = z
  .string("Give it once.")
  .min(1, "Must not be empty.")
  .max(10_000, "Is too long.")
  .nullable()
  .default(null);

const Query = z.strictObject({
  workload: optional,
  params: optional,
  metric: optional,
  environment: optional,
  branch: optional,
  from: optional,
  to: optional,
  samples: z.enum(["0", "1"], "Must be 1 or 0.").default("0"),
  thin: z.coerce
    .number("Must be a whole number from 2.")
    .int()
    .min(2, "Must be a whole number from 2.")
    .nullable()
    .default(null),
  format: z.enum(["json", "csv"], "Must be json or csv.").default("json"),
});

/** The history of one case, metric and environment: points, levels, changepoints. */
export const GET = route({ scope: "read", query: Query }, async ({ request, actor, params, query }) => {
  const { samples, format, ...asked } = query;
  const series = await readSeries(actor, params.project ?? "", { ...asked, samples: samples === "1" });
  return format === "csv" ? answerText(table(series), "text/csv; charset=utf-8", request) : series;
});

function table(series: SeriesRead): string {
  const columns = [
    "sha",
    "position",
    "committedAt",
    "pullRequest",
    "runs",
    "n",
    "value",
    "min",
    "max",
    "unit",
    "track",
    "open",
    "outlier",
  ];
  return csv(
    columns,
    series.points.map((point) => [
      point.sha,
      point.position,
      point.committedAt,
      point.pullRequest,
      point.runs,
      point.n,
      point.value,
      point.min,
      point.max,
      series.unit,
      point.track,
      point.open,
      point.outlier,
    ]),
  );
}
