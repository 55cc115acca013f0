import { Unauthorized } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";

/** The signed-in person behind an actor. Throws Unauthorized for tokens and nobody: these have no password or sessions. */
export function requirePerson(actor: Actor): NonNullable<Actor["user"]> {
  if (!actor.user) throw new Unauthorized("Nobody is signed in. Sign in first; a token will not do here.");
  return actor.user;
}
