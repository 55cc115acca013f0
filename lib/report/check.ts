import { type ProjectRow, readProject } from "@/lib/auth/access";
import { db, row } from "@/lib/db/sql";
import { Invalid } from "@/lib/errors";
import { plural } from "@/lib/format/number";
import type { Actor } from "@/lib/model/actor";
import { readComparison } from "@/lib/queries/compare";
import { gateInput } from "@/lib/release/decide";
import { type GateInput, type GateRow, type GateTrouble, judge } from "@/lib/release/judge";
import type { ReleasePolicy } from "@/lib/release/policy";
import type { Check } from "@/lib/release/read";
import { releasePolicy, reportOf } from "./read";
import { readMainLine, resolveSide } from "./side";

export type CheckAsked = { candidate: string; against: string | null; environment: string | null };

/**
 * Judges a candidate by the project's policy: a tag, the default branch or a commit of it by its report; another branch,
 * `pr:N` or a commit off the default branch by comparison with its base. Throws NotFound, Invalid.
 */
export async function readCheck(actor: Actor, slug: string, asked: CheckAsked): Promise<Check> {
  const project = await readProject(actor, slug);
  const policy = await releasePolicy(project.id);
  const scoped = asked.environment === null ? policy : { ...policy, environments: [asked.environment] };
  const waits = await countPending(project.id);
  const name = asked.candidate.replace(/^release:/, "");
  const base = asked.candidate.startsWith("pr:") ? `${asked.candidate}/base` : await baseOf(project, name);
  return base === null
    ? byReport(project, { ...asked, candidate: name }, scoped, waits)
    : byComparison(actor, slug, { ...asked, candidate: asked.candidate }, asked.against ?? base, scoped, waits);
}

async function countPending(projectId: number): Promise<number> {
  const found = await row<{ pending: number }>(
    db(),
    "SELECT count(*) AS pending FROM analysis_requests WHERE project_id = $1",
    [projectId],
  );
  return found?.pending ?? 0;
}

/** What a candidate off the default branch, that is no release, is compared with: where it left. null: it has a report. */
async function baseOf(project: ProjectRow, name: string): Promise<string | null> {
  const side = await resolveSide(project, await readMainLine(project), name);
  const { kind, position, fork, label } = side.told;
  if (kind === "release" || position !== null) return null;
  if (fork) return `commit:${fork.sha}`;
  throw new Invalid(
    `It is not known where ${label} left ${project.defaultBranch}. Send its commits with \`tidemark commits\`, or name the base with against=...`,
  );
}

async function byReport(
  project: ProjectRow,
  { candidate, against }: CheckAsked,
  policy: ReleasePolicy,
  waits: number,
): Promise<Check> {
  const side = against?.replace(/^release:/, "") ?? null;
  const { figures, decisions, decided, decidedAt } = await reportOf(project, {
    candidate,
    against: side,
    number: null,
  });
  const input = gateInput(figures, decisions, decided, decidedAt ?? new Date().toISOString());
  const doubts =
    waits > 0
      ? [...input.doubts, `The analysis of ${plural(waits, "sent body", "sent bodies")} is not done yet.`]
      : input.doubts;
  const named = (one: typeof figures.candidate) => ({ name: one.name, label: one.label, sha: one.sha });
  return {
    ...judge(policy, { ...input, doubts }),
    by: "report",
    candidate: named(figures.candidate),
    against: figures.baseline && named(figures.baseline),
    ...{ policy, waits },
  };
}

async function byComparison(
  actor: Actor,
  slug: string,
  { candidate, environment }: CheckAsked,
  against: string,
  policy: ReleasePolicy,
  waits: number,
): Promise<Check> {
  const baseline = /^[a-z]+:/.test(against) ? against : `release:${against}`;
  const found = await readComparison(actor, slug, {
    ...{ baseline, contender: candidate, environment, metric: null, workload: null, sort: "effect" },
  });
  const named = (side: typeof found.baseline) => ({ name: side.side, label: side.label, sha: side.sha });
  return {
    ...judge(policy, comparisonInput(found)),
    by: "comparison",
    candidate: named(found.contender),
    against: named(found.baseline),
    ...{ policy, waits },
  };
}

type Comparison = Awaited<ReturnType<typeof readComparison>>;

/** Kinds of what is on one side only that count as trouble; what is new is none. */
const TROUBLES: Record<Comparison["oneSided"][number]["kind"], GateTrouble["kind"] | null> = {
  missing: "missing",
  failed: "failing",
  skipped: "skipped",
  new: null,
  version: null,
};

/** A comparison as the gate judges it: nobody has decided on anything yet. */
export function comparisonInput(found: Comparison): GateInput {
  const rows = found.rows.map((one): GateRow => {
    const { workload, params, metric, environment, change, interval, needsRuns } = one;
    const verdict = one.verdict === "inconclusive" ? "cannot tell" : one.verdict;
    const why = one.open
      ? "its planned runs are not all there"
      : verdict === "cannot tell"
        ? "the interval is too wide"
        : null;
    return {
      workload,
      params,
      metric,
      environment,
      verdict,
      change,
      interval,
      shifts: [],
      excuse: null,
      why,
      needsRuns,
    };
  });
  const changed = found.oneSided
    .filter(({ kind }) => kind === "version")
    .map(({ workload, environment }) => `${workload} has another version in ${environment}, so it cannot be compared.`);
  return {
    rows,
    troubles: found.oneSided.flatMap(({ kind, workload, params, environment, error }): GateTrouble[] => {
      const trouble = TROUBLES[kind];
      return trouble === null ? [] : [{ kind: trouble, workload, params, environment, error, excuse: null }];
    }),
    doubts: [
      ...(found.note === null ? [] : [found.note]),
      ...found.warnings.filter(({ blocksGate }) => blocksGate).map(({ text }) => text),
      ...changed,
    ],
    blocks: [],
  };
}
