import { ask, git } from "./run";

/** A release as `POST .../releases` takes it. */
export type Release = { tag: string; sha: string; releasedAt?: string };

const FORMAT = "%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(creatordate:unix)";

/**
 * The tags of a repository that fit one of the patterns (`*`, `?`; none given: all), oldest first. `skipped`: tags that
 * point to something else than a commit.
 */
export async function readTags(
  folder: string,
  patterns: readonly string[],
): Promise<{ releases: Release[]; skipped: string[] }> {
  const output = await git(folder, ["for-each-ref", "--sort=creatordate", `--format=${FORMAT}`, "refs/tags"]);
  const wanted = patterns.map(toExpression);
  const releases: Release[] = [];
  const skipped: string[] = [];
  for (const line of output.split("\n").filter(Boolean)) {
    const [tag = "", type, name = "", seconds] = line.split("\0");
    if (wanted.length > 0 && !wanted.some((expression) => expression.test(tag))) continue;
    const sha = type === "commit" ? name : await ask(folder, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
    if (sha) releases.push({ tag, sha, ...(seconds ? { releasedAt: toTime(seconds) } : {}) });
    else skipped.push(tag);
  }
  return { releases, skipped };
}

function toTime(seconds: string): string {
  return new Date(Number(seconds) * 1000).toISOString();
}

/** `*` any characters, `?` one; everything else stands for itself. */
function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "u");
}
