import Link from "next/link";
import { ExternalLink } from "@/components/run/external-link";
import type { WorkloadRead } from "@/lib/queries/workload";
import { runUrl } from "@/lib/urls/run";

/** Where else a workload can be looked at: the project's own links (source, dashboard), and those of its newest run. */
export function WorkloadLinks({ head: { project, links, newest } }: { head: WorkloadRead }) {
  const ofRun = Object.entries(newest?.links ?? {}).filter(
    (link): link is [string, string] => typeof link[1] === "string",
  );
  if (links.length === 0 && ofRun.length === 0 && !newest?.url) return null;
  return (
    <p className="-mt-2 mb-4 flex flex-wrap gap-x-3 gap-y-1 text-ink-2 print:hidden">
      {links.map(({ name, href }) => (
        <ExternalLink key={`${name} ${href}`} href={href} text={name} />
      ))}
      {newest && (ofRun.length > 0 || newest.url) && (
        <span className="flex flex-wrap gap-x-2">
          <Link href={runUrl(project.slug, newest.run)} className="link" prefetch={false}>
            Newest run
          </Link>
          {ofRun.map(([name, href]) => (
            <ExternalLink key={name} href={href} text={name} />
          ))}
          {newest.url && <ExternalLink href={newest.url} text="job" />}
        </span>
      )}
    </p>
  );
}
