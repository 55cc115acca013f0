import { git } from "./run";

/** A commit as `POST .../commits` takes it. */
export type Commit = {
  sha: string;
  /** UTC, ISO 8601. */
  committedAt: string;
  /** First parent first. */
  parents: string[];
  author?: string;
  subject?: string;
  pullRequest?: number;
};

const FIELDS = ["%H", "%P", "%ct", "%an", "%s", "%b"];
/** NUL is the one character that no name and no message can hold; `-z` puts one behind each commit too. */
export const LOG_FORMAT = ["-z", `--format=tformat:${FIELDS.join("%x00")}`, "--no-color", "--no-notes", "--no-patch"];

/** What the server takes (LIMITS of ingest/schema.ts, held by a test): one long subject must not cost the whole list. */
export const LONGEST_AUTHOR = 500;
export const LONGEST_SUBJECT = 2000;

/** The commits that `git log` printed in LOG_FORMAT, in its order. */
export function parseLog(output: string): Commit[] {
  const fields = output.split("\0");
  const commits: Commit[] = [];
  for (let at = 0; at + FIELDS.length <= fields.length && fields[at]; at += FIELDS.length)
    commits.push(toCommit(fields.slice(at, at + FIELDS.length)));
  return commits;
}

function toCommit([sha = "", parents = "", seconds = "", author = "", subject = "", body = ""]: string[]): Commit {
  const pullRequest = findPullRequest(subject, body);
  return {
    sha,
    committedAt: new Date(Number(seconds) * 1000).toISOString(),
    parents: parents.split(" ").filter(Boolean),
    ...(author.trim() ? { author: cut(author.trim(), LONGEST_AUTHOR) } : {}),
    ...(subject.trim() ? { subject: cut(subject.trim(), LONGEST_SUBJECT) } : {}),
    ...(pullRequest === null ? {} : { pullRequest }),
  };
}

/** The first `most` characters, never half of one. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}

/** The pull request that the usual words of GitHub and GitLab name; null where none stands. */
export function findPullRequest(subject: string, body: string): number | null {
  const match =
    /^Merge pull request #(\d+) /.exec(subject) ??
    /\(#(\d+)\)\s*$/.exec(subject) ??
    /^See merge request \S*!(\d+)\s*$/m.exec(body);
  return match ? Number(match[1]) : null;
}

/**
 * Puts back the parents that a shallow clone hides: at its border git pretends that there are none, which the server
 * would take for the root of the history. Returns how many commits lie on that border.
 */
export async function restoreParents(folder: string, commits: readonly Commit[]): Promise<number> {
  if ((await git(folder, ["rev-parse", "--is-shallow-repository"])).trim() !== "true") return 0;
  const bare = commits.filter((commit) => commit.parents.length === 0);
  for (const commit of bare) commit.parents = await readTrueParents(folder, commit.sha);
  return bare.filter((commit) => commit.parents.length > 0).length;
}

/** The parents that the commit object itself names. */
async function readTrueParents(folder: string, sha: string): Promise<string[]> {
  const object = await git(folder, ["cat-file", "commit", sha]);
  const header = object.slice(0, object.indexOf("\n\n"));
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] as string);
}
