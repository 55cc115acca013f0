import type { Role, Scope } from "./words";

/** Who does something: a token or a signed-in person; `projectId` null means all projects. */
export type Actor = {
  kind: "anonymous" | "token" | "user" | "system";
  /** Shown in the audit: "token ci-cluster", "ada@example.org". */
  name: string;
  tokenId: number | null;
  /** The person, of a signed-in session. */
  user?: { id: number; name: string; role: Role };
  projectId: number | null;
  scopes: readonly Scope[];
  /** False: this token may not write results for the default branch. */
  defaultBranch: boolean;
};

/** Somebody without a token: may read what is public. */
export const ANONYMOUS: Actor = {
  kind: "anonymous",
  name: "anonymous",
  tokenId: null,
  projectId: null,
  scopes: [],
  defaultBranch: false,
};

/** Tidemark itself: the launcher, the analysis. */
export const SYSTEM: Actor = {
  kind: "system",
  name: "tidemark",
  tokenId: null,
  projectId: null,
  scopes: ["admin"],
  defaultBranch: true,
};

/** Who did something, for pages that anybody may read: a person by name, never by mail address; else "token ci-cluster". */
export const shownName = (actor: Actor): string => actor.user?.name ?? actor.name;

/** May `actor` do what needs `scope` in the project with this id? admin includes every scope, every scope includes read. */
export function may(actor: Actor, scope: Scope, projectId: number): boolean {
  if (actor.projectId !== null && actor.projectId !== projectId) return false;
  if (scope === "read" && actor.scopes.length > 0) return true;
  return actor.scopes.includes(scope) || actor.scopes.includes("admin");
}
