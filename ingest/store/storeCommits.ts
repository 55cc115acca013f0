import { CommitListBody } from "@/ingest/schema";
import { parseBody } from "@/ingest/schema/parseBody";
import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { type Db, row, transaction } from "@/lib/db/sql";
import { Forbidden } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { fits, readPolicy } from "@/lib/release/policy";
import { describeCommits, type Source } from "./describeCommits";
import { findOnLine } from "./findOnLine";
import { storeNamed } from "./names";
import { placeCommits } from "./placeCommits";
import { readNamed } from "./readNames";
import { requestAnalysis } from "./requestAnalysis";
import { saveReleases } from "./storeReleases";

export type StoredCommits = { branch: string; head: string; commits: number; created: number };

/**
 * Stores the commits of a branch, measured or not; the last one is its head. The same list again changes nothing.
 * Throws Invalid, Forbidden, NotFound.
 */
export async function storeCommits(actor: Actor, slug: string, sent: unknown): Promise<StoredCommits> {
  const project = await projectFor(actor, "ingest", slug);
  const { branch, commits } = parseBody(CommitListBody, sent);
  if (!actor.defaultBranch && branch === project.defaultBranch)
    throw new Forbidden(`${actor.name} may not write for the default branch '${branch}'. Use a token that may.`);
  const tags = commits.flatMap(({ sha, tags = [] }) => tags.map((tag) => ({ tag, sha })));
  if (!actor.defaultBranch && tags.length > 0)
    throw new Forbidden(`${actor.name} may not write for the default branch, and so no tags. Leave them out.`);
  const shas = commits.map(({ sha }) => sha);
  const head = shas.at(-1) ?? "";
  return transaction(async (tx) => {
    const known = await readNamed(tx, "branches", project.id, [branch]);
    const branches = await storeNamed(tx, "branches", project.id, [branch], known);
    // A token for forks may list commits of the default branch's line, but says nothing new of them.
    const fixed = actor.defaultBranch ? null : await findOnLine(tx, project.id, project.defaultBranch, shas);
    const described = await describeCommits(
      tx,
      project.id,
      commits
        .filter((commit) => !fixed?.has(commit.sha))
        .map(({ author = null, subject = null, pullRequest = null, tags: _, ...commit }): Source => {
          return { from: "list", ...commit, author, subject, pullRequest, mergeBase: null };
        }),
    );
    const headId = described.ids.get(head) ?? fixed?.get(head) ?? 0;
    const { isReordered } = await placeCommits(tx, {
      projectId: project.id,
      defaultBranch: project.defaultBranch,
      claims: [],
      heads: [{ branchId: branches.get(branch) ?? 0, commitId: headId }],
      created: described.created,
      moved: described.moved,
      ids: described.ids,
      newRuns: [],
    });
    const stored = { branch, head, commits: commits.length, created: countCreated(commits, described.created) };
    const audit = { projectId: project.id, actor, verb: "stored", subject: `commits of ${branch}`, detail: stored };
    if (described.changed > 0) await recordAudit(tx, audit);
    const pattern = tags.length > 0 ? await releaseTags(tx, project.id) : "";
    const releases = tags.filter(({ tag }) => fits(pattern, tag));
    if (releases.length > 0) await saveReleases(tx, actor, project.id, releases);
    if (isReordered) await requestAnalysis(tx, project.id, { series: [], everything: true });
    return stored;
  });
}

const countCreated = (commits: { sha: string }[], created: Set<string>) =>
  commits.filter(({ sha }) => created.has(sha)).length;

/** Which tags are releases, as the project's release policy says. */
async function releaseTags(tx: Db, projectId: number): Promise<string> {
  const stored = await row<{ value: Json }>(
    tx,
    "select value from settings where project_id = $1 and key = 'releasePolicy'",
    [projectId],
  );
  return readPolicy(stored?.value).tags;
}
