import Link from "next/link";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { NextRead } from "@/lib/queries/next";
import { commitUrl } from "@/lib/urls/commit";
import { CopyCommand } from "./copy-command";
import { avoidedText, expectedText, shareText } from "./next-words";

/** Where to measure next: which commit, how often, how sure it is now, and how many runs are still to be expected. */
export function NextRuns({ slug, next }: { slug: string; next: NextRead }) {
  if (next.state === "nothing to measure") return null; // the page's first sentence says why
  return (
    <section aria-labelledby="next-runs">
      <h2 id="next-runs" className="mb-2 text-section font-semibold">
        Where to measure next
      </h2>
      {next.commit ? <Wanted slug={slug} next={next} commit={next.commit} /> : <Settled slug={slug} next={next} />}
      {next.avoided.length > 0 && <p className="mt-3 text-label text-ink-3">{avoidedText(next.avoided)}</p>}
    </section>
  );
}

function Wanted({ slug, next, commit }: { slug: string; next: NextRead; commit: NonNullable<NextRead["commit"]> }) {
  // Only the sha and the slug go into the command: names are what clients sent, and a shell would read them.
  const command = `git checkout ${commit.sha}\ntidemark next --project ${slug} --shift ${next.shift}`;
  return (
    <>
      <p className="text-ink-2">
        Run <Sha slug={slug} sha={commit.sha} /> {next.runs === 1 ? "once" : `${next.runs} times`} on{" "}
        <b className="font-medium text-ink [overflow-wrap:anywhere]">{next.environment}</b>: {expectedText(next)}.
      </p>
      <Likely slug={slug} next={next} />
      <details className="mt-2 text-label text-ink-3">
        <summary className="cursor-pointer hover:text-ink">
          {plural(next.workloads.length, "case")} to run, and the command
        </summary>
        <ul className="my-1.5 text-ink-2">
          {next.workloads.map(({ workload, params }) => (
            <li key={`${workload} ${JSON.stringify(params)}`} className="[overflow-wrap:anywhere]">
              {workload} {Object.keys(params ?? {}).length > 0 && JSON.stringify(params)}
            </li>
          ))}
        </ul>
        {/* Wrapped: what scrolls would have to be reached by keyboard for nothing. */}
        <pre className="sha rounded-1 bg-surface px-2 py-1 whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
          {command}
        </pre>
        <CopyCommand command={command} />
      </details>
    </>
  );
}

function Settled({ slug, next }: { slug: string; next: NextRead }) {
  return (
    <>
      <p className="text-ink-2">
        {next.found ? (
          <>
            Nothing more: the step came with <Sha slug={slug} sha={next.found.sha} />.
          </>
        ) : (
          next.reason
        )}
      </p>
      <Likely slug={slug} next={next} />
    </>
  );
}

const SHOWN = 3;
/** Below this the commits between two measured ones share the first place, and bars would tell nothing. */
const TELLING = 0.25;

/** How sure it is now: the likeliest commits, each with its probability as a bar. */
function Likely({ slug, next }: { slug: string; next: NextRead }) {
  const shown = next.candidates.slice(0, SHOWN).filter(({ probability }) => probability >= 0.01);
  if (next.certainty === null || shown.length === 0) return null;
  if (next.certainty < TELLING) {
    return <p className="mt-1 text-ink-3">No commit of the range has more than {shareText(next.certainty)} so far.</p>;
  }
  return (
    <table className="mt-2 w-full border-collapse">
      <caption className="pb-1 text-left text-label text-ink-3">Likeliest so far to be the first shifted</caption>
      <tbody>
        {shown.map(({ sha, probability }) => (
          <tr key={sha}>
            <th scope="row" className="w-16 py-0.5 text-left font-normal">
              <Sha slug={slug} sha={sha} />
            </th>
            <td aria-hidden="true">
              <i
                className="block h-2 min-w-px rounded-[2px] bg-ink-4"
                style={{ width: `${Math.round(100 * probability)}%` }}
              />
            </td>
            <td className="w-16 text-right whitespace-nowrap">{shareText(probability)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sha({ slug, sha }: { slug: string; sha: string }) {
  return (
    <Link href={commitUrl(slug, sha)} className="sha hover:underline" prefetch={false}>
      {shortSha(sha)}
    </Link>
  );
}
