import { grammar, type Selection, text } from "./query";

const params = { next: text } as const;

/** next: where to go once signed in. */
export type SignInSelection = Selection<typeof params>;
export const signInQuery = grammar(params);

export function signInUrl(selection: Partial<SignInSelection> = {}): string {
  return `/sign-in${signInQuery.build(selection)}`;
}

/** The link that sets a password. The code follows '#', which browsers send to no server, so that no log holds it. */
export function invitationUrl(code: string): string {
  return `/sign-in/invitation#${encodeURIComponent(code)}`;
}

/** A person's own account. */
export const accountUrl = "/account";

/**
 * Where to go after signing in: `next` if it is an address of this server, else the start. Anything that a browser could
 * take for another site ("//evil.example", "/\\evil.example") is not followed.
 */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next) ? next : "/";
}
