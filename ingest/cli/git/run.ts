import { spawn } from "node:child_process";
import { WrongUse } from "../exit";

/** Settings of the person's own git that would change what it prints. */
const PLAIN = ["-c", "i18n.logOutputEncoding=UTF-8", "-c", "log.showSignature=false", "-c", "core.quotePath=false"];

/**
 * What `git ARGS` prints in `folder`. Throws WrongUse with git's own words when it fails or is not installed.
 * Replaced objects are seen as they were committed: the server must be told the history that everybody has.
 */
export function git(folder: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["-C", folder, "--no-replace-objects", "--no-pager", ...PLAIN, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", () => reject(new WrongUse("git cannot be started. Is it installed and in PATH?")));
    child.on("close", (code) => {
      if (code === 0) return resolve(Buffer.concat(out).toString("utf8"));
      const said = Buffer.concat(err)
        .toString("utf8")
        .trim()
        .replace(/^fatal: /, "");
      reject(new WrongUse(`git says of ${folder}: ${said || `it ended with code ${code}`}`));
    });
  });
}

/** What git prints, without the newline at the end; null where it answers with a fault (no such ref, no repository). */
export async function ask(folder: string, args: readonly string[]): Promise<string | null> {
  try {
    return (await git(folder, args)).trim() || null;
  } catch (error) {
    if (error instanceof WrongUse) return null;
    throw error;
  }
}
