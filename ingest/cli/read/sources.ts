import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { WrongUse } from "../exit";

/** Where documents come from. `bytes` is the size on disk, null where it is not known. */
export type Source = { name: string; bytes: number | null; open: () => Readable };

const DOCUMENT_FILE = /\.(json|ndjson|jsonl)(\.gz)?$/i;

/**
 * The sources that the arguments name, in order: files as they are, folders with all their .json, .ndjson, .jsonl and
 * .gz files of these (deep, by name, hidden ones left out), "-" the standard input.
 */
export async function findSources(paths: readonly string[], input: Readable): Promise<Source[]> {
  if (paths.filter((path) => path === "-").length > 1) throw new WrongUse('"-" (standard input) can be named once.');
  const found: Source[] = [];
  for (const path of paths) {
    if (path === "-") found.push({ name: "standard input", bytes: null, open: () => input });
    else found.push(...(await findFiles(path)));
  }
  return found;
}

async function findFiles(path: string): Promise<Source[]> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const fault = error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`;
    throw new WrongUse(`${path} ${fault}.`);
  });
  if (!info.isDirectory()) return [toSource(path, info.isFile() ? info.size : null)];
  const files = await listFolder(path);
  if (files.length === 0)
    throw new WrongUse(`The folder ${path} holds no .json, .ndjson or .jsonl file (or one of them as .gz).`);
  return Promise.all(files.map(async (file) => toSource(file, (await stat(file)).size)));
}

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith(".")) return [];
      if (entry.isDirectory()) return listFolder(path);
      return DOCUMENT_FILE.test(entry.name) ? [path] : [];
    }),
  );
  return nested.flat();
}

function toSource(path: string, bytes: number | null): Source {
  return { name: path, bytes, open: () => createReadStream(path) };
}
