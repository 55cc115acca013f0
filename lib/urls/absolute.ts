/** An address as it is copied: with the origin under which people reach the server (no slash at its end). */
export function absolute(origin: string, path: string): string {
  return origin + (path.startsWith("/") ? path : `/${path}`);
}

/** Where a project's code can be looked at, or null: only http(s) addresses are linked. */
export function repositoryUrl(repository: string | null): string | null {
  return repository && /^https?:\/\//i.test(repository) ? repository.replace(/\/+$/, "").replace(/\.git$/, "") : null;
}
