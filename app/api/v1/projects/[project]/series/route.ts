import { csv } from "@/lib/http/csv";
import { SeriesQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { readSeries, type SeriesRead } from "@/lib/queries/series";

/** The history of one case, metric and environment: points, levels, changepoints. */
export const GET = route({ scope: "read", query: SeriesQuery }, async ({ request, actor, params, query }) => {
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
