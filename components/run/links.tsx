import type { FilledLink } from "@/lib/model/linkTemplates";
import { ExternalLink } from "./external-link";

/** The project's own links in a row. */
export function Links({ links }: { links: readonly FilledLink[] }) {
  return (
    <span className="flex flex-wrap gap-x-3">
      {links.map(({ name, href }) => (
        <ExternalLink key={`${name} ${href}`} href={href} text={name} />
      ))}
    </span>
  );
}
