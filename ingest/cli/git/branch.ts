import { WrongUse } from "../exit";
import type { Environment } from "../http/settings";
import { ask, git } from "./run";

/** A branch and the revision that is its head here; `note` tells people why this one. */
export type BranchHead = { branch: string; sha: string; note: string };

const USUAL_NAMES = ["main", "master", "trunk", "develop"];

/**
 * The branch to list and its head. Without `branch` the default branch is found: what the remote calls so, what GitLab
 * calls so, a usual name, the branch checked out, the only one. Works on a detached checkout, where remote branches or
 * `ref` name the head. Throws WrongUse when it cannot be told.
 */
export async function findBranch(
  folder: string,
  { branch, ref }: { branch?: string; ref?: string },
  env: Environment,
): Promise<BranchHead> {
  await git(folder, ["rev-parse", "--git-dir"]);
  const name = branch ?? (await findDefaultBranch(folder, env));
  if (!name) throw new WrongUse(`The default branch of ${folder} cannot be told. Name it with --branch NAME.`);
  if (ref) return { branch: name, sha: await readCommit(folder, ref), note: `${name} = ${ref}` };
  return findHead(folder, name);
}

async function findDefaultBranch(folder: string, env: Environment): Promise<string | null> {
  const remote = await ask(folder, ["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"]);
  if (remote) return remote.replace("refs/remotes/origin/", "");
  if (env.CI_DEFAULT_BRANCH) return env.CI_DEFAULT_BRANCH;
  const known = await listBranches(folder);
  const usual = USUAL_NAMES.find((name) => known.has(name));
  if (usual) return usual;
  const current = await ask(folder, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
  return current ?? (known.size === 1 ? ([...known][0] ?? null) : null);
}

async function listBranches(folder: string): Promise<Set<string>> {
  const refs = await git(folder, ["for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes/origin"]);
  const names = refs.split("\n").map((ref) => ref.replace(/^refs\/(heads|remotes\/origin)\//, ""));
  return new Set(names.filter((name) => name && name !== "HEAD"));
}

/**
 * The head of a branch. Of a local and a remote one, the local only where it goes on from the remote: after `git fetch`
 * in CI the local one is often old, and what others have is the branch.
 */
async function findHead(folder: string, branch: string): Promise<BranchHead> {
  const local = await findCommit(folder, `refs/heads/${branch}`);
  const remote = await findCommit(folder, `refs/remotes/origin/${branch}`);
  if (local && (!remote || (await isAncestor(folder, remote, local)))) return { branch, sha: local, note: branch };
  if (remote) return { branch, sha: remote, note: `origin/${branch}` };
  throw new WrongUse(
    `${folder} has no branch "${branch}". Fetch it, or name its head: --branch ${branch} --ref HEAD (or another revision).`,
  );
}

async function isAncestor(folder: string, older: string, newer: string): Promise<boolean> {
  return (await ask(folder, ["rev-list", "--max-count=1", `${newer}..${older}`])) === null;
}

function findCommit(folder: string, ref: string): Promise<string | null> {
  return ask(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
}

async function readCommit(folder: string, ref: string): Promise<string> {
  const sha = await findCommit(folder, ref);
  if (!sha) throw new WrongUse(`${folder} has no commit "${ref}".`);
  return sha;
}
