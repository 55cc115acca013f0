import { readdirSync } from "node:fs";
import path from "node:path";

/** What the folder app/ serves under one address. */
export type AppRoute = {
  /** "/[project]/workloads/[workload]": the folders, groups left out. */
  address: string;
  kind: "page" | "layout" | "route";
  /** The module, from the root of the checkout. */
  file: string;
};

const KINDS = { "page.tsx": "page", "layout.tsx": "layout", "route.ts": "route", "route.tsx": "route" } as const;

/** Everything that app/ serves, read from the folder, so that a new page or endpoint cannot be forgotten. */
export function appRoutes(): AppRoute[] {
  return readdirSync("app", { recursive: true, withFileTypes: true })
    .flatMap((entry): AppRoute[] => {
      const kind = KINDS[entry.name as keyof typeof KINDS];
      if (!kind || !entry.isFile()) return [];
      const folders = path.relative("app", entry.parentPath).split(path.sep);
      const address = `/${folders.filter((name) => name !== "" && !/^\(.*\)$/.test(name)).join("/")}`;
      return [{ address, kind, file: path.join(entry.parentPath, entry.name) }];
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** The dynamic parts of an address by name: "[...tag]" is `tag`. */
export const partsOf = (address: string): string[] =>
  [...address.matchAll(/\[{1,2}(?:\.\.\.)?(\w+)\]{1,2}/g)].flatMap(([, name]) => name ?? []);

/** The address with its dynamic parts filled in. Throws for a part that has no example, and says what to do. */
export function filled(address: string, examples: Record<string, string>): string {
  return address.replace(/\[{1,2}(?:\.\.\.)?(\w+)\]{1,2}/g, (_, name: string) => {
    const example = examples[name];
    if (example === undefined) throw new Error(`Give an example for [${name}] of ${address}, so that it is tested.`);
    return encodeURIComponent(example);
  });
}
