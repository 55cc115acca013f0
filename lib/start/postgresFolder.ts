import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { CannotStart, reason } from "./fault";
import { isReachable, type SystemUser } from "./postgresBinaries";

/** The user `nobody`: PostgreSQL refuses to run as root. */
const NOBODY: SystemUser = { uid: 65534, gid: 65534 };
const OPEN_PLACE = "/var/lib/tidemark";
const MAJOR = "18";

/** Where the embedded server lives: `home` holds its password, log and `data`, the database itself. */
type PostgresFolder = { home: string; data: string; password: string; user: SystemUser | null };

/** The same with `binaries`, the folder of the programs that run it. */
export type PreparedFolder = PostgresFolder & { binaries: string };

/**
 * Makes the folder of the embedded server ready inside `folder`: finds or makes home, password and, if there is no
 * database yet, an empty one. A folder that holds a database is never initialised again.
 * `binaries` is asked for the programs once the user that runs them is known. Throws CannotStart.
 */
export function preparePostgresFolder(
  folder: string,
  binaries: (user: SystemUser | null, home: string) => string,
  fast: boolean,
): PreparedFolder {
  const asRoot = process.getuid?.() === 0;
  const home = findHome(path.join(folder, "postgres"), asRoot);
  const data = path.join(home, "data");
  const user = asRoot ? ownerOf(data) : null;
  const password = findPassword(path.join(home, "password"));
  const programs = binaries(user, home);
  if (!existsSync(path.join(data, "PG_VERSION"))) initialise({ home, data, password, user }, programs, fast);
  checkVersion(data);
  if (user) giveTo(data, user);
  return { home, data, password, user, binaries: programs };
}

/** The folder itself or, where it is closed to the user that PostgreSQL must run as, a link to an open place. */
function findHome(wanted: string, asRoot: boolean): string {
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o755 });
    const home = realpathSync(wanted);
    if (!asRoot) return home;
    chmodSync(home, 0o755);
    chmodSync(path.dirname(path.resolve(wanted)), 0o755); // the folder given as TIDEMARK_DATA: ours as well
    return isReachable(path.join(home, "data"), NOBODY) ? home : moveHome(wanted, home);
  } catch (error) {
    throw new CannotStart(
      `The data folder ${path.dirname(wanted)} cannot be used (${reason(error)}): make it writable for this user, or set TIDEMARK_DATA to another folder.`,
    );
  }
}

function moveHome(wanted: string, home: string): string {
  if (readdirSync(home).length > 0)
    throw new CannotStart(
      `PostgreSQL does not run as root, and its user 'nobody' cannot enter ${home}: start Tidemark as an ordinary user, or move this folder to an open place and set TIDEMARK_DATA to it.`,
    );
  const open = path.join(OPEN_PLACE, randomBytes(4).toString("hex"));
  mkdirSync(open, { recursive: true, mode: 0o755 });
  rmSync(wanted, { recursive: true });
  symlinkSync(open, wanted);
  return open;
}

/** A database stays with the user that owns it, so that root can start what an ordinary user has made. */
function ownerOf(data: string): SystemUser {
  if (!existsSync(data)) return NOBODY;
  const { uid, gid } = statSync(data);
  return uid === 0 ? NOBODY : { uid, gid };
}

function giveTo(data: string, user: SystemUser): void {
  if (statSync(data).uid === user.uid) return;
  for (const name of readdirSync(data, { recursive: true, encoding: "utf8" }))
    chownSync(path.join(data, name), user.uid, user.gid);
  chownSync(data, user.uid, user.gid); // last: the sign that all of it is done
}

/** The server asks even local programs for a password: other users of this machine can reach its port. */
function findPassword(file: string): string {
  try {
    const known = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
    if (known) return known;
    const fresh = randomBytes(24).toString("base64url");
    writeFileSync(file, `${fresh}\n`, { mode: 0o600 });
    return fresh;
  } catch (error) {
    throw new CannotStart(
      `The data folder ${path.dirname(file)} belongs to another user (${reason(error)}): start Tidemark as that user, or set TIDEMARK_DATA to another folder.`,
    );
  }
}

/** Makes an empty database beside its place and moves it there whole: a crash half-way leaves nothing that looks ready. */
function initialise(folder: PostgresFolder, programs: string, fast: boolean): void {
  if (existsSync(folder.data) && readdirSync(folder.data).length > 0)
    throw new CannotStart(
      `${folder.data} holds files but no complete database (PG_VERSION is missing): move it away, or put its backup back.`,
    );
  const half = path.join(folder.home, "data.half");
  const passwordFile = path.join(folder.home, "password.half");
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFile, folder.password, { mode: 0o600 });
  if (folder.user) for (const each of [half, passwordFile]) chownSync(each, folder.user.uid, folder.user.gid);
  try {
    runInitdb(programs, half, passwordFile, folder.user, fast);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(folder.data, { recursive: true, force: true }); // empty, as seen above
  renameSync(half, folder.data);
}

function runInitdb(programs: string, data: string, passwordFile: string, user: SystemUser | null, fast: boolean): void {
  const locale = ["--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8"]; // the same order everywhere
  const access = ["--username=tidemark", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  const speed = fast ? ["--no-sync"] : [];
  const done = spawnSync(path.join(programs, "bin", "initdb"), [`--pgdata=${data}`, ...locale, ...access, ...speed], {
    encoding: "utf8",
    cwd: path.dirname(data),
    env: { ...process.env, LC_ALL: "C" },
    ...user,
  });
  if (done.status === 0) return;
  const said =
    done.error?.message ??
    done.stderr
      .trim()
      .split("\n")
      .find((line) => line.includes("error:")) ??
    done.stderr;
  throw new CannotStart(
    `PostgreSQL cannot make its database in ${data} (${said.trim()}): free or open that folder, or set DATABASE_URL to a server of your own.`,
  );
}

function checkVersion(data: string): void {
  let found: string;
  try {
    found = readFileSync(path.join(data, "PG_VERSION"), "utf8").trim();
  } catch (error) {
    throw new CannotStart(
      `The database in ${data} cannot be read (${reason(error)}): start Tidemark as the user that owns it, or set TIDEMARK_DATA to another folder.`,
    );
  }
  if (found !== MAJOR)
    throw new CannotStart(
      `${data} holds a database of PostgreSQL ${found}, and this Tidemark brings ${MAJOR}: dump it with the Tidemark that made it, or run a PostgreSQL ${found} on it and set DATABASE_URL.`,
    );
}
