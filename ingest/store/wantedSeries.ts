/** A series by all that makes it one, of which points are to be stored; `id` is 0 until the database has told it. */
export type WantedSeries = {
  caseId: number;
  version: string;
  metricId: number;
  environmentId: number;
  revisionId: number;
  trend: boolean;
  id: number;
};

/** The series of a transaction: one object for each, which all its points share. */
export class SeriesOfPoints {
  readonly all: WantedSeries[] = [];
  readonly #byResult = new Map<string, Map<number, WantedSeries>>();

  /** Gives the series of one result, by its metrics. */
  ofResult(result: Omit<WantedSeries, "metricId" | "id">): (metricId: number) => WantedSeries {
    const { caseId, version, environmentId, revisionId, trend } = result;
    const key = `${caseId}/${environmentId}/${revisionId}/${trend}/${version}`;
    const known = this.#byResult.get(key);
    const byMetric = known ?? new Map<number, WantedSeries>();
    if (!known) this.#byResult.set(key, byMetric);
    return (metricId) => {
      const before = byMetric.get(metricId);
      if (before) return before;
      const series = { caseId, version, metricId, environmentId, revisionId, trend, id: 0 };
      byMetric.set(metricId, series);
      this.all.push(series);
      return series;
    };
  }
}
