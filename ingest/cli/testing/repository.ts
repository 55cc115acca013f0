import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type CommitOptions = { author?: string; day?: number; message?: string };

/** A git repository in a temporary folder, with nobody's own settings. */
export function createRepository(branch = "main") {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-git-"));
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", HOME: folder };
  const run = (args: string[], extra: Record<string, string> = {}, input = "") =>
    execFileSync("git", ["-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], {
      env: { ...env, ...extra },
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
    }).trim();
  const datesOf = (day: number) => {
    const date = `2026-11-${String(day).padStart(2, "0")}T12:00:00+0300`;
    return { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  };
  run(["init", "--quiet", `--initial-branch=${branch}`]);
  return {
    folder,
    git: (...args: string[]) => run(args),
    /** An empty commit; its message word for word. */
    commit: ({ author = "Ada <ada@example.org>", day = 1, message = "work" }: CommitOptions = {}) => {
      const flags = ["--quiet", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", `--author=${author}`];
      run(["commit", ...flags, "--file=-"], datesOf(day), message);
      return run(["rev-parse", "HEAD"]);
    },
    merge: (branch: string, message: string, day = 1) => {
      run(["merge", "--quiet", "--no-ff", "-m", message, branch], datesOf(day));
      return run(["rev-parse", "HEAD"]);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type Repository = ReturnType<typeof createRepository>;
