import type { Actor } from "@/lib/model/actor";
import { ROLES, type Role, type Scope } from "@/lib/model/words";
import { hasSessionCookie } from "./cookie";

const SCOPES_OF: Record<Role, Scope[]> = { admin: ["admin"], member: ["read", "triage"] };

/** A person as actor: in every project, with what the role allows. */
export function userActor(user: { id: number; email: string; name: string; role: Role }): Actor {
  const { id, email, name, role } = user;
  return {
    kind: "user",
    name: email,
    tokenId: null,
    user: { id, name, role },
    projectId: null,
    scopes: SCOPES_OF[role],
    defaultBranch: true,
  };
}

/** Who is signed in with the cookie in these headers? null: nobody, or no longer. */
export async function sessionActor(headers: Headers): Promise<Actor | null> {
  if (!hasSessionCookie(headers)) return null;
  const { library, unlessRefused } = await import("./library"); // large, and most requests bring no cookie
  const { api } = await library(headers);
  const cookie = new Headers({ cookie: headers.get("cookie") ?? "" });
  const found = await unlessRefused(api.getSession({ headers: cookie }));
  if (!found || found.user.disabledAt) return null;
  const { id, email, name, role } = found.user;
  const known = ROLES.find((one) => one === role);
  return known ? userActor({ id: Number(id), email, name, role: known }) : null;
}
