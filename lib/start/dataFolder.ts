import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CannotStart, reason } from "./fault";
import { end, identify, isAlive, type ProcessId, until } from "./processes";

/** Who runs on a data folder: written by the launcher, read by the next one. */
type Occupant = { launcher: ProcessId; url: string; children: ProcessId[] };

export type Claim = {
  /** Notes the processes that a next launcher has to end if this one dies without a chance to. */
  note(children: ProcessId[]): void;
  release(): void;
};

const CHILD_GRACE = 4_000;
/** One that is being stopped is waited for, so that "stop, start" in a script works. */
const STOPPING_WITHIN = 4_000;

/**
 * Takes the data folder for this process: makes it, ends what a dead launcher left, refuses if one is alive.
 * Throws CannotStart.
 */
export async function claimDataFolder(folder: string, url: string): Promise<Claim> {
  const file = path.join(folder, "launcher.json");
  const launcher = identify(process.pid);
  if (!launcher) throw new CannotStart("This system does not tell when a process started: Tidemark cannot run on it.");
  try {
    makeFolder(folder);
    await take(file, { launcher, url, children: [] });
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(
      `The data folder ${folder} cannot be written (${reason(error)}): make it writable for this user, or set TIDEMARK_DATA to another folder.`,
    );
  }
  return {
    note: (children) => writeFileSync(file, JSON.stringify({ launcher, url, children })),
    release: () => rmSync(file, { force: true }),
  };
}

/** Node's recursive mkdir never returns where a folder cannot be made at all, as in /proc; so only parents are made by it. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (!existsSync(path.dirname(folder))) mkdirSync(path.dirname(folder), { recursive: true });
  mkdirSync(folder);
}

async function take(file: string, mine: Occupant): Promise<void> {
  while (true) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: "wx" }); // only one of two that start at once can make it
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const other = readOccupant(file);
    if (other && isAlive(other.launcher) && !(await until(() => !isAlive(other.launcher), STOPPING_WITHIN)))
      throw new CannotStart(
        `Tidemark already runs on ${path.dirname(file)} (process ${other.launcher.pid}, ${other.url}): stop it first, or set TIDEMARK_DATA to another folder and PORT to another port.`,
      );
    for (const child of other?.children ?? []) await end(child, CHILD_GRACE);
    clear(file, other);
  }
}

function readOccupant(file: string): Occupant | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Occupant;
  } catch {
    return null; // half written when the machine stopped, or gone by now
  }
}

/** Takes the mark of a dead launcher away, but never that of one which took the folder in the meantime. */
function clear(file: string, dead: Occupant | null): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    const moved = readOccupant(aside);
    if (moved && moved.launcher.pid !== dead?.launcher.pid && isAlive(moved.launcher)) renameSync(aside, file);
    else rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
