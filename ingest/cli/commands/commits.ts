import { EXIT, type Exit, WrongUse } from "../exit";
import { findBranch } from "../git/branch";
import type { Commit } from "../git/commit";
import { readFirstParentLog } from "../git/log";
import { readTags } from "../git/tags";
import type { ServerOptions } from "../http/settings";
import { createTalk, type Io, type TalkOptions } from "../io";
import { createProgress } from "../progress";
import { withSession } from "../session";

export type CommitsOptions = ServerOptions &
  TalkOptions & { branch?: string; ref?: string; since?: string; max?: number; dryRun?: boolean; tags?: boolean };

/** Commits in one body. Parts are sent oldest first, so each goes on from the one before. */
const PART = 1000;

/** Sends the first-parent line of a branch from the git repository in `folder`. */
export async function commits(folder: string, options: CommitsOptions, io: Io): Promise<Exit> {
  const tell = createTalk(io, options);
  const { branch, sha, note } = await findBranch(folder, options, io.env);
  const { commits, border } = await readFirstParentLog(folder, { sha, since: options.since, max: options.max });
  if (commits.length === 0) throw new WrongUse(`${note} has no commit since ${options.since}.`);
  if (border > 0)
    tell("note: this is a shallow clone, the list starts where it was cut. Fetch all of it for the whole history.");
  tell(`${commits.length} commits of ${branch} (head: ${note}, ${sha.slice(0, 12)})`);
  if (options.tags) await addTags(folder, commits);
  if (options.dryRun) io.print(JSON.stringify({ branch, commits }));
  else await send(branch, commits, options, io, tell);
  return EXIT.done;
}

/** Puts the tags of the repository on the commits that they name; others are left out. */
async function addTags(folder: string, commits: readonly (Commit & { tags?: string[] })[]): Promise<void> {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  for (const { tag, sha } of (await readTags(folder, [])).releases) {
    const commit = bySha.get(sha);
    if (commit) commit.tags = [...(commit.tags ?? []), tag];
  }
}

async function send(
  branch: string,
  commits: readonly Commit[],
  options: CommitsOptions,
  io: Io,
  tell: (line: string) => void,
): Promise<void> {
  const extent = { label: "commits", total: commits.length, format: String };
  await withSession(options, io, tell, async ({ client, path }) => {
    const progress = createProgress(io, options, extent);
    try {
      for (let at = 0; at < commits.length; at += PART) {
        const part = commits.slice(at, at + PART);
        await client.call({ method: "POST", path: path("commits"), body: JSON.stringify({ branch, commits: part }) });
        progress.advance(part.length);
      }
    } finally {
      progress.stop();
    }
  });
  const head = commits[commits.length - 1]?.sha;
  io.print(
    options.json
      ? JSON.stringify({ branch, sent: commits.length, head })
      : `sent ${commits.length} commits of ${branch}`,
  );
}
