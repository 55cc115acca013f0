import type { Json } from "../model/words";
import { diffUrl } from "../urls/repository";

/** A component whose revision differs between two runs; null: not named there. */
export type ComponentChange = {
  component: string;
  before: string | null;
  after: string | null;
  /** Comparison in its repository, where one is known and both are revisions; null: none. */
  link: string | null;
};

const revisions = (components: Json): Record<string, string> =>
  components !== null && typeof components === "object" && !Array.isArray(components)
    ? Object.fromEntries(Object.entries(components).map(([name, value]) => [name, String(value)]))
    : {};

/** Components that differ, by name. `repositories`: address by component. Nothing where a run named no components at all. */
export function componentChanges(
  before: Json,
  after: Json,
  repositories: Readonly<Record<string, string>>,
): ComponentChange[] {
  const [from, to] = [revisions(before), revisions(after)];
  if (Object.keys(from).length === 0 || Object.keys(to).length === 0) return [];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((component) => from[component] !== to[component])
    .sort()
    .map((component) => {
      const [old, now] = [from[component] ?? null, to[component] ?? null];
      return { component, before: old, after: now, link: compareLink(repositories[component], old, now) };
    });
}

/** The page that compares two revisions at the repository's host. null: not to be had. */
export function compareLink(
  repository: string | undefined,
  before: string | null,
  after: string | null,
): string | null {
  return repository && before && after && URL.canParse(repository) ? diffUrl(repository, before, after) : null;
}

/**
 * Did nothing in the code move? True when the project is itself among the components, under its slug or the name of its
 * repository, with the same revision on both sides: then the commits of the range are those of the suite. null: not known.
 */
export function nothingMoved(before: Json, after: Json, names: readonly (string | null)[]): boolean | null {
  const [from, to] = [revisions(before), revisions(after)];
  for (const name of names) {
    const [old, now] = [name && from[name], name && to[name]];
    if (old && now) return old === now;
  }
  return null;
}
