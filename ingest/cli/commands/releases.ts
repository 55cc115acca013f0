import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { EXIT, type Exit, WrongUse } from "../exit";
import { readTags } from "../git/tags";
import { isRecord } from "../http/problem";
import type { ServerOptions } from "../http/settings";
import { createTalk, type Io, type TalkOptions } from "../io";
import { readJsonFile } from "../read/json";
import { withSession } from "../session";

export type ReleasesOptions = ServerOptions & TalkOptions & { pattern: string[]; dryRun?: boolean };

/** Releases in one body. */
const PART = 5000;

/** Sends releases: the tags of a git repository, or what a JSON file (or "-") lists. */
export async function releases(path: string, options: ReleasesOptions, io: Io): Promise<Exit> {
  const tell = createTalk(io, options);
  const isFolder = path !== "-" && (await stat(path).catch(() => null))?.isDirectory() === true;
  const list = isFolder ? await readFromGit(path, options.pattern, tell) : await readFromFile(path, io.input);
  if (list.length === 0)
    throw new WrongUse(`${path} has no tag${options.pattern.length > 0 ? ` like ${options.pattern.join(", ")}` : ""}.`);
  if (options.dryRun) {
    io.print(JSON.stringify({ releases: list }));
    return EXIT.done;
  }
  await withSession(options, io, tell, async ({ client, path }) => {
    for (let at = 0; at < list.length; at += PART) {
      const body = JSON.stringify({ releases: list.slice(at, at + PART) });
      await client.call({ method: "POST", path: path("releases"), body });
    }
  });
  io.print(options.json ? JSON.stringify({ sent: list.length }) : `sent ${list.length} releases`);
  return EXIT.done;
}

async function readFromGit(folder: string, patterns: readonly string[], tell: (line: string) => void) {
  const { releases, skipped } = await readTags(folder, patterns);
  if (skipped.length > 0) tell(`left out, since they name no commit: ${skipped.join(", ")}`);
  return releases;
}

/** What it holds is for the server to judge. */
async function readFromFile(path: string, input: Readable): Promise<unknown[]> {
  const value = await readJsonFile(path, input);
  const list = isRecord(value) ? value.releases : value;
  if (Array.isArray(list)) return list;
  throw new WrongUse(`${path} lists no releases. Write {"releases": [{"tag": "1.0", "sha": "..."}]}.`);
}
