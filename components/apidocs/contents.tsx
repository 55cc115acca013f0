import type { Listed } from "@/lib/openapi/search";
import type { OpenApi } from "@/lib/openapi/types";

/** Groups and their endpoints, as links. */
export function Contents({ tags, listed }: { tags: OpenApi["tags"]; listed: Listed[] }) {
  return (
    <nav aria-label="Endpoints" className="space-y-3">
      {tags.map(({ name }) => {
        const own = listed.filter(({ operation }) => operation.tags.includes(name));
        if (own.length === 0) return null;
        return (
          <div key={name}>
            <p className="text-label text-ink-3">{name}</p>
            <ul>
              {own.map(({ operation: { operationId: id, summary } }) => (
                <li key={id}>
                  <a
                    href={`#${id}`}
                    className="-mx-2 flex min-h-6 items-center rounded-1 px-2 text-ink-2 hover:bg-surface hover:text-ink"
                  >
                    {summary}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
