import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { CommitListBody, LIMITS } from "@/ingest/schema";
import { createRepository, type Repository } from "../testing/repository";
import { findBranch } from "./branch";
import { findPullRequest, LONGEST_AUTHOR, LONGEST_SUBJECT } from "./commit";
import { readHead } from "./head";
import { readFirstParentLog } from "./log";
import { git } from "./run";
import { readTags } from "./tags";

const opened: { remove: () => void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.remove();
});

function setUp(branch?: string): Repository {
  const repository = createRepository(branch);
  opened.push(repository);
  return repository;
}

/** A clone that holds only the newest `depth` commits. */
async function cloneShallow({ folder }: Repository, depth: number): Promise<string> {
  const target = mkdtempSync(join(tmpdir(), "tidemark-clone-"));
  opened.push({ remove: () => rmSync(target, { recursive: true, force: true }) });
  await git(".", ["clone", "--quiet", `--depth=${depth}`, `file://${folder}`, target]);
  return target;
}

describe("readFirstParentLog", () => {
  test("gives the first-parent line, oldest first, with both parents of a merge and without the merged commits", async () => {
    const repository = setUp();
    const first = repository.commit({ day: 5 });
    repository.git("checkout", "--quiet", "-b", "side");
    const side = repository.commit({ day: 3 });
    repository.git("checkout", "--quiet", "main");
    const second = repository.commit({ day: 2 });
    const merge = repository.merge("side", "Merge pull request #17 from ada/side", 1);
    const { commits } = await readFirstParentLog(repository.folder, { sha: merge });
    expect(commits.map(({ sha, parents }) => [sha, parents])).toEqual([
      [first, []],
      [second, [first]],
      [merge, [second, side]],
    ]);
    expect(commits[2]).toMatchObject({ committedAt: "2026-11-01T09:00:00.000Z", pullRequest: 17 });
  });

  test("odd authors and subjects arrive as they are, and as a list that the server takes", async () => {
    const repository = setUp();
    const odd = [
      { author: 'O"Brien, José ü 日本 <x@example.org>', message: `say "hi", it's \\n %H %x00 {"a": 1}` },
      {
        author: "x'; drop table commits; -- <x@example.org>",
        message: "first line\nstill the subject\n\nbody\n\ncommit 123",
      },
      { author: "tab\tbed <x@example.org>", message: "emoji 🚀 <script>alert(1)</script>\ttab" },
      { author: "Ada <x@example.org>", message: `long ${"🚀".repeat(3000)}` },
    ];
    for (const one of odd) repository.commit(one);
    const sha = repository.git("rev-parse", "HEAD");
    const { commits } = await readFirstParentLog(repository.folder, { sha });
    expect(commits.map(({ author }) => author)).toEqual(
      odd.map(({ author }) => author.replace(" <x@example.org>", "")),
    );
    expect(commits.slice(0, 3).map(({ subject }) => subject)).toEqual([
      odd[0]?.message,
      "first line still the subject",
      odd[2]?.message,
    ]);
    expect(CommitListBody.safeParse({ branch: "main", commits }).error).toBeUndefined();
  });

  test("a commit without a message has no subject", async () => {
    const repository = setUp();
    const sha = repository.commit({ message: "" });
    const { commits } = await readFirstParentLog(repository.folder, { sha });
    expect(commits[0]).not.toHaveProperty("subject");
  });

  test("a person's own git settings change nothing", async () => {
    const repository = setUp();
    const sha = repository.commit({ message: "plain" });
    const set = {
      "log.showSignature": "true",
      "format.pretty": "oneline",
      "color.ui": "always",
      "log.decorate": "full",
    };
    for (const [key, value] of Object.entries(set)) repository.git("config", key, value);
    repository.git("notes", "add", "-m", "a note");
    const { commits } = await readFirstParentLog(repository.folder, { sha });
    expect(commits).toEqual([
      { sha, parents: [], author: "Ada", subject: "plain", committedAt: "2026-11-01T09:00:00.000Z" },
    ]);
  });

  test("the newest n, and those since a date, are still oldest first", async () => {
    const repository = setUp();
    const shas = [1, 2, 3, 4].map((day) => repository.commit({ day }));
    const [, , third, sha = ""] = shas;
    const newest = await readFirstParentLog(repository.folder, { sha, max: 2 });
    expect(newest.commits.map((commit) => commit.sha)).toEqual([third, sha]);
    const since = await readFirstParentLog(repository.folder, { sha, since: "2026-11-03T00:00:00Z" });
    expect(since.commits.map((commit) => commit.sha)).toEqual([third, sha]);
  });

  test("the first commit of a shallow clone keeps its parent: it is not taken for the root", async () => {
    const repository = setUp();
    const shas = [1, 2, 3].map((day) => repository.commit({ day }));
    const clone = await cloneShallow(repository, 2);
    const { commits, border } = await readFirstParentLog(clone, { sha: shas[2] as string });
    expect(commits.map(({ parents }) => parents)).toEqual([[shas[0]], [shas[1]]]);
    expect(border).toBe(1);
    expect((await readHead(await cloneShallow(repository, 1), {}))?.commit.parents).toEqual([shas[1]]);
  });
});

describe("findBranch", () => {
  test("the remote's default branch comes before usual names", async () => {
    const repository = setUp("stable");
    repository.commit();
    repository.git("branch", "main");
    const clone = mkdtempSync(join(tmpdir(), "tidemark-clone-"));
    opened.push({ remove: () => rmSync(clone, { recursive: true, force: true }) });
    await git(".", ["clone", "--quiet", repository.folder, clone]);
    expect(await findBranch(clone, {}, {})).toMatchObject({ branch: "stable" });
  });

  test.each(["main", "master", "some/odd-one"])("finds the only branch %s", async (branch) => {
    const repository = setUp(branch);
    const sha = repository.commit();
    expect(await findBranch(repository.folder, {}, {})).toMatchObject({ branch, sha });
  });

  test("works on a detached checkout", async () => {
    const repository = setUp();
    const first = repository.commit();
    const second = repository.commit({ day: 2 });
    repository.git("checkout", "--quiet", "--detach", first);
    expect(await findBranch(repository.folder, {}, {})).toMatchObject({ branch: "main", sha: second });
    const named = await findBranch(repository.folder, { branch: "release/1.0", ref: "HEAD" }, {});
    expect(named).toMatchObject({ branch: "release/1.0", sha: first });
  });

  test("of an old local and a fetched remote branch the remote one counts, until the local one goes on from it", async () => {
    const repository = setUp();
    const old = repository.commit();
    const fresh = repository.commit({ day: 2 });
    repository.git("update-ref", "refs/remotes/origin/main", fresh);
    repository.git("reset", "--quiet", "--hard", old);
    expect((await findBranch(repository.folder, {}, {})).sha).toBe(fresh);
    repository.git("reset", "--quiet", "--hard", fresh);
    const ahead = repository.commit({ day: 3 });
    expect((await findBranch(repository.folder, {}, {})).sha).toBe(ahead);
  });

  test("a branch that is not there is told with the way out, also one that looks like an option", async () => {
    const repository = setUp();
    repository.commit();
    await expect(findBranch(repository.folder, { branch: "nope" }, {})).rejects.toThrow("--branch nope --ref HEAD");
    await expect(findBranch(repository.folder, { branch: "--output=x" }, {})).rejects.toThrow("no branch");
    await expect(findBranch(repository.folder, { ref: "--all" }, {})).rejects.toThrow('no commit "--all"');
  });

  test("a folder without a repository is wrong use", async () => {
    await expect(findBranch(tmpdir(), {}, {})).rejects.toMatchObject({ exit: 2 });
  });
});

describe("readHead", () => {
  test("names the commit checked out, its branch, and changes that no commit holds", async () => {
    const repository = setUp();
    writeFileSync(join(repository.folder, "file"), "1");
    repository.git("add", "file");
    const sha = repository.commit({ message: "Add (#12)" });
    const head = await readHead(repository.folder, {});
    expect(head).toMatchObject({ isModified: false, commit: { sha, branch: "main", pullRequest: 12, author: "Ada" } });
    writeFileSync(join(repository.folder, "file"), "2");
    expect((await readHead(repository.folder, {}))?.isModified).toBe(true);
  });

  test("on a detached checkout CI names the branch, otherwise the one branch that stands there", async () => {
    const repository = setUp();
    repository.commit();
    repository.git("checkout", "--quiet", "--detach");
    expect((await readHead(repository.folder, {}))?.commit.branch).toBe("main");
    const env = { GITLAB_CI: "true", CI_COMMIT_BRANCH: "feature/y" };
    expect((await readHead(repository.folder, env))?.commit.branch).toBe("feature/y");
    repository.git("branch", "twin");
    expect((await readHead(repository.folder, {}))?.commit).not.toHaveProperty("branch");
  });

  test("there is none without a repository or without a commit", async () => {
    expect(await readHead(tmpdir(), {})).toBeNull();
    expect(await readHead(setUp().folder, {})).toBeNull();
  });
});

describe("readTags", () => {
  test("light and annotated tags, also tags of tags, name their commit; others are left out", async () => {
    const repository = setUp();
    const first = repository.commit({ day: 1 });
    repository.git("tag", "v1.0");
    const second = repository.commit({ day: 2 });
    repository.git("tag", "-m", "notes", "rel/2.0");
    repository.git("tag", "-m", "notes", "again", "rel/2.0");
    repository.git("tag", "tree", "HEAD^{tree}");
    const { releases, skipped } = await readTags(repository.folder, []);
    expect(Object.fromEntries(releases.map(({ tag, sha }) => [tag, sha]))).toEqual({
      "v1.0": first,
      "rel/2.0": second,
      again: second,
    });
    expect(skipped).toEqual(["tree"]);
    expect(releases[0]).toEqual({ tag: "v1.0", sha: first, releasedAt: "2026-11-01T09:00:00.000Z" });
  });

  test("patterns choose", async () => {
    const repository = setUp();
    repository.commit();
    for (const tag of ["v1.0", "v1x0", "2024.1.0", "rel/2.0"]) repository.git("tag", tag);
    const chosen = async (...patterns: string[]) =>
      (await readTags(repository.folder, patterns)).releases.map(({ tag }) => tag).sort();
    expect(await chosen("v1.?")).toEqual(["v1.0"]);
    expect(await chosen("rel/*", "20*")).toEqual(["2024.1.0", "rel/2.0"]);
  });
});

test.each([
  ["Merge pull request #12 from a/b", "", 12],
  ["Do it (#34)", "", 34],
  ["Revert (#1) again (#56)", "", 56],
  ["Merge branch 'x' into 'main'", "text\n\nSee merge request group/sub/project!78", 78],
  ["Fix #90", "", null],
  ["Do it", "(#1)", null],
])("the pull request of %j with the text %j is %s", (subject, body, number) => {
  expect(findPullRequest(subject, body)).toBe(number);
});

test("texts are cut where the server's limits are", () => {
  expect({ author: LONGEST_AUTHOR, subject: LONGEST_SUBJECT }).toEqual({
    author: LIMITS.name,
    subject: LIMITS.subject,
  });
});
