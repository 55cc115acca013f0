import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { Trouble } from "@/lib/queries/troubles";
import { workloadUrl } from "@/lib/urls/workload";

/** A mark and the text beside it. */
export const ITEM = "grid grid-cols-[16px_minmax(0,1fr)] gap-2";

/** What does not report: one by one, or as a list where the same befell several at the same commit. */
export function TroubleItems({ project, troubles }: { project: string; troubles: readonly Trouble[] }) {
  return grouped(troubles).map((group) => {
    const [first] = group;
    return (
      <li key={keyOf(first)} className={ITEM}>
        <TriangleAlert
          className={first.kind === "recovered" ? "mt-0.5 size-4 text-ink-3" : "mt-0.5 size-4 text-warn"}
          strokeWidth={1.5}
          aria-hidden
        />
        {group.length === 1 ? (
          <One project={project} trouble={first} />
        ) : (
          <Several project={project} troubles={group} first={first} />
        )}
      </li>
    );
  });
}

const keyOf = ({ environment, workload, params, metric }: Trouble): string =>
  `${environment} ${workload.number} ${JSON.stringify(params)} ${metric?.name}`;

/** What the sentence says beside the name. */
const befell = ({ kind, sha, environment, metric, commitsSince, runs, failedRuns }: Trouble): string =>
  JSON.stringify([kind, sha, environment, metric?.name, commitsSince, runs, failedRuns]);

/** Neighbours of which the same is to be said. */
function grouped(troubles: readonly Trouble[]): [Trouble, ...Trouble[]][] {
  const groups: [Trouble, ...Trouble[]][] = [];
  for (const trouble of troubles) {
    const last = groups.at(-1);
    if (last && befell(last[0]) === befell(trouble)) last.push(trouble);
    else groups.push([trouble]);
  }
  return groups;
}

function One({ project, trouble }: { project: string; trouble: Trouble }) {
  return (
    <div className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">
      <Name project={project} trouble={trouble} /> {said(trouble, "one")}
      {trouble.error && <Fault text={trouble.error} className="line-clamp-3" />}
    </div>
  );
}

function Several({ project, troubles, first }: { project: string; troubles: readonly Trouble[]; first: Trouble }) {
  const isSame = troubles.every(({ error }) => error === first.error);
  return (
    <div className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">
      {said(first, "several")}
      <ul className="mt-0.5 grid gap-0.5">
        {troubles.map((trouble) => (
          <li key={keyOf(trouble)}>
            <Name project={project} trouble={trouble} />
            {trouble.error && !isSame && <Fault text={trouble.error} className="line-clamp-1" />}
          </li>
        ))}
      </ul>
      {first.error && isSame && <Fault text={first.error} className="line-clamp-3" />}
    </div>
  );
}

function Name({ project, trouble: { workload, params, environment } }: { project: string; trouble: Trouble }) {
  const label = paramsLabel(params);
  const asked = { environment: [environment], params: label ? JSON.stringify(params) : null };
  return (
    <>
      <Link href={workloadUrl(project, workload, asked)} className="link font-medium" prefetch={false}>
        {workload.name}
      </Link>
      {label && <span className="text-ink-3"> {label}</span>}
    </>
  );
}

function Fault({ text, className }: { text: string; className: string }) {
  return (
    <span className={`mt-0.5 font-mono text-label text-ink-3 ${className}`} title={text}>
      {text}
    </span>
  );
}

/** The rest of a sentence that begins with a name; or a sentence of its own, with the names below. */
function said(
  { kind, metric, sha, committedAt, environment, commitsSince, runs, failedRuns }: Trouble,
  how: "one" | "several",
): ReactNode {
  const isOne = how === "one";
  const where = (
    <>
      <span className="sha">{shortSha(sha)}</span>, <Time at={committedAt} />, on {environment}
    </>
  );
  const lately = plural(commitsSince, "measured commit");
  if (metric) {
    const name = metricInSentence(metricLabel(metric.name, metric.displayName));
    return (
      <>
        {isOne ? "goes on without" : "Without"} {name} for the last {lately};{" "}
        {isOne ? "its last value is" : "last value"} of {where}
        {isOne ? "." : ":"}
      </>
    );
  }
  if (kind === "missing")
    return (
      <>
        {isOne ? "is missing" : "Missing"} in the last {lately}; {isOne ? "its last result is" : "last result"} of{" "}
        {where}
        {isOne ? "." : ":"}
      </>
    );
  const since = kind === "recovered" ? "passed since" : commitsSince > 0 ? "no result since" : "the newest commit";
  return isOne ? (
    <>
      {failedWords(runs, failedRuns)} {where}. {ONE_SINCE[since]}
    </>
  ) : (
    <>
      {capital(failedWords(runs, failedRuns))} {where}; {since}:
    </>
  );
}

const ONE_SINCE = {
  "passed since": "Passed since.",
  "no result since": "No result since.",
  "the newest commit": "It is the newest commit.",
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function failedWords(runs: number, failed: number): string {
  if (runs === 1) return "failed at";
  if (failed === runs) return runs === 2 ? "failed in both runs of" : `failed in all ${runs} runs of`;
  return `failed in ${failed} of ${runs} runs of`;
}
