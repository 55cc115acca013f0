import { type FileHandle, mkdir, open, readdir, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { ServerFailed } from "../exit";
import type { Environment } from "../http/settings";
import { hashContent } from "./key";

const compress = promisify(gzip);
const SPOOLED = /^\d{8}T\d{6}Z-[0-9a-f]{12}\.json\.gz$/;

/** The folder for documents that the server could not take, of one server and project. */
export type Spool = {
  folder: string;
  /** Paths of what waits, oldest first. */
  list: () => Promise<string[]>;
  /** Keeps the documents (JSON texts) in one new file and names it. Throws ServerFailed when the disk does not take it. */
  keep: (texts: readonly string[]) => Promise<string>;
  /** Keeps documents that the server refused out of the way of the others, for a person to look at. */
  setAside: (texts: readonly string[]) => Promise<string>;
  remove: (path: string) => Promise<void>;
};

/** Folder of all spools: the one named, TIDEMARK_SPOOL, or `spool` under TIDEMARK_DATA (.tidemark). */
export function findSpoolRoot(named: string | boolean | undefined, env: Environment): string {
  if (typeof named === "string") return named;
  return env.TIDEMARK_SPOOL || join(env.TIDEMARK_DATA || ".tidemark", "spool");
}

type Disk = { open: (path: string, flags: string, mode: number) => Promise<FileHandle> };

/** The spool of one server and project below `root`. Each has a folder of its own: documents never reach another one. */
export function createSpool(root: string, url: string, project: string, now: () => Date, disk: Disk = { open }): Spool {
  const server = url.replace(/^https?:\/\//, "").replace(/[^A-Za-z0-9.-]+/g, "_");
  const folder = join(root, server, encodeURIComponent(project));
  return {
    folder,
    list: () => listSpooled(folder),
    keep: (texts) => writeDocuments(folder, texts, now(), disk),
    setAside: (texts) => writeDocuments(join(folder, "refused"), texts, now(), disk),
    // Another push may have sent and removed it meanwhile.
    remove: (path) => unlink(path).catch(ignoreAbsent),
  };
}

async function listSpooled(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
  return names
    .filter((name) => SPOOLED.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Whole or not at all: written beside, flushed to the disk, then renamed. The same content has one file. */
async function writeDocuments(folder: string, texts: readonly string[], now: Date, disk: Disk): Promise<string> {
  const hash = hashContent([...texts]);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const known = (await readdir(folder)).find((name) => name.endsWith(`-${hash}.json.gz`));
    if (known) return join(folder, known);
    const path = join(folder, `${now.toISOString().replace(/[-:]|\.\d+/g, "")}-${hash}.json.gz`);
    await writeSynced(`${path}.part`, await compress(`[\n${texts.join(",\n")}\n]\n`), disk);
    await rename(`${path}.part`, path);
    return path;
  } catch (error) {
    throw new ServerFailed(wordDiskFault(error as NodeJS.ErrnoException, folder, texts.length));
  }
}

async function writeSynced(path: string, bytes: Uint8Array, disk: Disk): Promise<void> {
  const file = await disk.open(path, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    await unlink(path).catch(ignoreAbsent);
    throw error;
  } finally {
    await file.close();
  }
}

function wordDiskFault(error: NodeJS.ErrnoException, folder: string, count: number): string {
  const what = count === 1 ? "1 document is" : `${count} documents are`;
  const full = error.code === "ENOSPC" || error.code === "EDQUOT";
  const why = full ? "the disk is full" : `the folder cannot be written (${error.code ?? error.message})`;
  return `${what} NOT kept in ${folder}: ${why}. Make room or name another folder with --spool=DIR, and push again.`;
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
