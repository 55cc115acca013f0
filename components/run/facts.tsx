import type { ReactNode } from "react";
import type { Json } from "@/lib/model/words";

/** Facts as name and value; what is empty is left out. */
export function Facts({ items }: { items: { name: string; value: ReactNode }[] }) {
  const told = items.filter(({ value }) => value !== null && value !== undefined && value !== "");
  return (
    <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-4 gap-y-1 [overflow-wrap:anywhere] md:grid-cols-[88px_minmax(0,1fr)_88px_minmax(0,1fr)]">
      {told.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** "workers 2, os Debian 12": an object of a document in one line; "" for an empty one. */
export function factsText(facts: Json): string {
  if (facts === null || typeof facts !== "object" || Array.isArray(facts)) return "";
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
