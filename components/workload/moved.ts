/** What a choice of the form stands for: the changepoint of a metric that is told at a commit. */
export const movedKey = (metric: string, sha: string): string => `${metric} ${sha}`;

/** The parts of such a key. A metric's name may hold spaces, a commit's id holds none. */
export function readMovedKey(key: string): { metric: string; sha: string } {
  const end = key.lastIndexOf(" ");
  return { metric: key.slice(0, end), sha: key.slice(end + 1) };
}
