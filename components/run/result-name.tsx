import Link from "next/link";
import { classes } from "@/components/ui/classes";
import { paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import type { RunRead, RunResult } from "@/lib/queries/run";
import { workloadUrl } from "@/lib/urls/workload";
import { ExternalLink } from "./external-link";

/** What the name of a result needs to know of its run. */
export type RunPlace = Pick<RunRead, "project" | "sha" | "environment" | "experiment" | "excluded">;

/** Characters of a name from which it wraps. */
const LONG_NAME = 30;

/** The workload of a result with what sets it apart, linked to its trend with this commit pinned, and its own links. */
export function ResultName({ run, result }: { run: RunPlace; result: RunResult }) {
  const { workload, workloadNumber, params, version, sentName, failedRepeats, control } = result;
  const given = paramsLabel(params);
  const notes = [
    given,
    version && `version ${version}`,
    sentName && `sent as ${sentName}`,
    failedRepeats > 0 && plural(failedRepeats, "failed repeat"),
    control && "control",
  ].filter(Boolean);
  const isOnTrend = run.experiment === null && !control && run.excluded === null;
  const url = workloadUrl(
    run.project.slug,
    { number: workloadNumber, name: workload },
    {
      environment: [run.environment],
      params: given ? JSON.stringify(params) : null,
      pin: isOnTrend ? [run.sha.slice(0, 10)] : [],
    },
  );
  const sent = Object.entries(result.links).filter((link): link is [string, string] => typeof link[1] === "string");
  const links = [...sent, ...result.ownLinks.map(({ name, href }): [string, string] => [name, href])];
  return (
    <>
      <Link
        href={url}
        className={classes(
          "font-medium underline-offset-3 hover:underline",
          workload.length > LONG_NAME
            ? "line-clamp-2 w-max max-w-[min(20rem,44vw)] [overflow-wrap:anywhere]"
            : "whitespace-nowrap",
        )}
        title={workload}
        prefetch={false}
      >
        {workload}
      </Link>
      {notes.length > 0 && <span className="block text-label text-ink-3">{notes.join(", ")}</span>}
      {links.length > 0 && (
        <span className="flex flex-wrap gap-x-2 text-label">
          {links.map(([name, href]) => (
            <ExternalLink key={`${name} ${href}`} href={href} text={name} />
          ))}
        </span>
      )}
    </>
  );
}
