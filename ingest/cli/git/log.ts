import { type Commit, LOG_FORMAT, parseLog, restoreParents } from "./commit";
import { git } from "./run";

export type LogOptions = {
  sha: string;
  /** As `git log --since` takes it. */
  since?: string;
  /** At most this many, the newest. */
  max?: number;
};

/** The first-parent line that ends at `sha`, oldest first. `border`: commits whose parents a shallow clone lacks. */
export async function readFirstParentLog(
  folder: string,
  { sha, since, max }: LogOptions,
): Promise<{ commits: Commit[]; border: number }> {
  const limits = [
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...(max === undefined ? [] : [`--max-count=${max}`]),
  ];
  const output = await git(folder, ["log", "--first-parent", "--reverse", ...LOG_FORMAT, ...limits, sha, "--"]);
  const commits = parseLog(output);
  return { commits, border: await restoreParents(folder, commits) };
}
