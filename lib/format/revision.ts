/** The revision of a component as people read it: the begin of a sha, a version as it is. */
export const shortRevision = (revision: string): string =>
  /^[0-9a-f]{12,64}$/i.test(revision) ? revision.slice(0, 7) : revision;
