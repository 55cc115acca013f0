import type { Json } from "@/lib/model/words";
import { isCovered } from "@/lib/release/policy";
import type { Check } from "@/lib/release/read";
import { ServerFailed } from "../exit";
import { isRecord } from "../http/problem";
import type { Session } from "../session";
import type { CheckOptions } from "./options";
import { asWrongUse } from "./refusal";

/** A case, metric and environment that the gate looked at. */
export type Place = { workload: string; params: Json; metric: string; environment: string };

/** Verdicts that are a reason of the gate's answer, of a report and of a comparison; all others are fine. */
const REASONS = new Set(["regression", "cannot tell", "inconclusive"]);
/** Rows of one request. */
const PART = 1000;

/**
 * What was judged and is fine: the gate's answer counts these rows, the report or the comparison behind it lists them. What
 * the policy does not look at is left out.
 */
export async function readFineRows(session: Session, check: Check, options: CheckOptions): Promise<Place[]> {
  const rows =
    check.by === "report" ? await reportRows(session, check, options) : await compareRows(session, check, options);
  return rows.flatMap(({ workload, params, metric, environment, verdict }) =>
    !REASONS.has(verdict) && isCovered(check.policy, { workload, metric, environment })
      ? [{ workload, params, metric, environment }]
      : [],
  );
}

type Row = Place & { verdict: string };

async function reportRows({ client, path }: Session, { candidate }: Check, { against }: CheckOptions): Promise<Row[]> {
  const query = new URLSearchParams({
    candidate: candidate.name,
    ...(against !== undefined && { against: against.replace(/^release:/, "") }),
  });
  const report = await asWrongUse(client.call({ method: "GET", path: path(`releases/report?${query}`) }));
  return rowsOf(isRecord(report) ? report.figures : null);
}

async function compareRows({ client, path }: Session, check: Check, { environment }: CheckOptions): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query = new URLSearchParams({
      ...{ baseline: check.against?.name ?? "", contender: check.candidate.name, limit: String(PART) },
      ...(environment !== undefined && { environment }),
      ...(cursor !== "" && { cursor }),
    });
    const part: unknown = await asWrongUse(client.call({ method: "GET", path: path(`compare?${query}`) }));
    rows.push(...rowsOf(part));
    cursor = isRecord(part) && typeof part.next === "string" ? part.next : null;
  }
  return rows;
}

function rowsOf(value: unknown): Row[] {
  const isRow = (row: unknown): row is Row =>
    isRecord(row) && [row.workload, row.metric, row.environment, row.verdict].every((part) => typeof part === "string");
  if (isRecord(value) && Array.isArray(value.rows) && value.rows.every(isRow)) return value.rows;
  throw new ServerFailed("The server's answer does not list what was judged. Is it of the same version?");
}
