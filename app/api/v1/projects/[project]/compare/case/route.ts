import { csv } from "@/lib/http/csv";
import { CompareCaseQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { type CompareCaseRead, readCompareCase } from "@/lib/queries/compareCase";

/** One case of a comparison: samples by run, quantiles, the line around both sides; as CSV a row per sample. */
export const GET = route({ scope: "read", query: CompareCaseQuery }, async ({ request, actor, params, query }) => {
  const { format, ...asked } = query;
  const read = await readCompareCase(actor, params.project ?? "", asked);
  return format === "json" ? read : answerText(table(read), "text/csv; charset=utf-8", request);
});

const COLUMNS = ["side", "run", "sha", "startedAt", "outcome", "counts", "slow", "metric", "unit", "sample", "value"];

/** A run without values keeps a row, its value empty. */
function table({ runs, metric }: CompareCaseRead): string {
  const lines = (["baseline", "contender"] as const).flatMap((side) =>
    runs[side].flatMap((run) =>
      (run.samples.length > 0 ? run.samples : [null]).map((value, place) => [
        side,
        run.key,
        run.sha,
        run.startedAt,
        run.outcome,
        run.counts ? 1 : 0,
        run.slow ? 1 : 0,
        metric?.name ?? null,
        metric?.unit ?? null,
        value === null ? null : place + 1,
        value,
      ]),
    ),
  );
  return csv(COLUMNS, lines);
}
