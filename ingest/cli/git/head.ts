import type { Environment } from "../http/settings";
import { readCiJob } from "../push/ci";
import { type Commit, LOG_FORMAT, parseLog, restoreParents } from "./commit";
import { ask, git } from "./run";

export type Head = { commit: Commit & { branch?: string }; isModified: boolean };

/** The commit checked out in `folder`, as a run names it; null where that is no repository, or one without commits. */
export async function readHead(folder: string, env: Environment): Promise<Head | null> {
  if (!(await ask(folder, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]))) return null;
  const commits = parseLog(await git(folder, ["log", "--max-count=1", ...LOG_FORMAT, "HEAD", "--"]));
  await restoreParents(folder, commits);
  const [commit] = commits;
  if (!commit) return null;
  const job = readCiJob(env);
  const branch = job.branch ?? (await findBranchOfHead(folder));
  const pullRequest = job.pullRequest ?? commit.pullRequest;
  return {
    commit: { ...commit, ...(branch ? { branch } : {}), ...(pullRequest ? { pullRequest } : {}) },
    isModified: (await ask(folder, ["status", "--porcelain", "--untracked-files=no"])) !== null,
  };
}

/** The branch checked out; on a detached checkout the one branch whose head this is. */
async function findBranchOfHead(folder: string): Promise<string | null> {
  const current = await ask(folder, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
  if (current) return current;
  const refs = await git(folder, [
    "for-each-ref",
    "--points-at=HEAD",
    "--format=%(refname)",
    "refs/heads",
    "refs/remotes/origin",
  ]);
  const names = new Set(refs.split("\n").map((ref) => ref.replace(/^refs\/(heads|remotes\/origin)\//, "")));
  const branches = [...names].filter((name) => name && name !== "HEAD");
  return branches.length === 1 ? (branches[0] ?? null) : null;
}
