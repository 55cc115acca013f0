import { createReadStream } from "node:fs";
import { mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readDocuments } from "../read/documents";
import { createSpool, findSpoolRoot } from "./spool";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tidemark-spool-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const at = (second: number) => () => new Date(Date.UTC(2026, 10, 24, 10, 0, second));
const spoolAt = (second: number, project = "p", url = "http://127.0.0.1:3000") =>
  createSpool(root, url, project, at(second));

async function readAll(file: string): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const reading of readDocuments({ name: file, bytes: null, open: () => createReadStream(file) }))
    if (reading.kind === "document") values.push(reading.document.value);
  return values;
}

describe("a spool", () => {
  test("gives back what it kept, oldest first", async () => {
    await spoolAt(2).keep(['{"b":\n"é"}']);
    await spoolAt(1).keep(['{"a":1}', '{"c":2}']);
    const files = await spoolAt(3).list();
    expect(await Promise.all(files.map(readAll))).toEqual([[{ a: 1 }, { c: 2 }], [{ b: "é" }]]);
  });

  test("keeps the same documents once, however often they are pushed", async () => {
    const first = await spoolAt(1).keep(["{}"]);
    expect(await spoolAt(9).keep(["{}"])).toBe(first);
    expect(await spoolAt(9).list()).toEqual([first]);
  });

  test("never mixes servers or projects", async () => {
    await spoolAt(1, "p").keep(["{}"]);
    expect(await spoolAt(1, "q").list()).toEqual([]);
    expect(await spoolAt(1, "p", "https://perf.example").list()).toEqual([]);
    expect(createSpool(root, "https://perf.example/tide", "../x", at(1)).folder).toBe(
      join(root, "perf.example_tide", "..%2Fx"),
    );
  });

  test("what was set aside is not sent again", async () => {
    await spoolAt(1).setAside(["{}"]);
    expect(await spoolAt(1).list()).toEqual([]);
  });

  test("a half-written file is no part of it", async () => {
    const file = await spoolAt(1).keep(["{}"]);
    await writeFile(`${file}.part`, "x");
    expect(await spoolAt(1).list()).toEqual([file]);
  });

  test("removing what another push removed already is fine", async () => {
    const file = await spoolAt(1).keep(["{}"]);
    await spoolAt(1).remove(file);
    await spoolAt(1).remove(file);
  });

  test("a full disk is told, with what is not kept, and leaves no rest", async () => {
    const disk = {
      open: async (path: string, flags: string, mode: number) => {
        const file = await open(path, flags, mode);
        file.sync = () => Promise.reject(Object.assign(new Error("no space"), { code: "ENOSPC" }));
        return file;
      },
    };
    const spool = createSpool(root, "http://127.0.0.1:3000", "p", at(1), disk);
    await expect(spool.keep(["{}", "{}"])).rejects.toThrow(/2 documents are NOT kept in .*: the disk is full/);
    expect(await readdir(spool.folder)).toEqual([]);
  });

  test("a folder that cannot be made is told", async () => {
    await writeFile(join(root, "file"), "");
    const spool = createSpool(join(root, "file"), "http://127.0.0.1:3000", "p", at(1));
    await expect(spool.keep(["{}"])).rejects.toMatchObject({ exit: 3, message: expect.stringContaining("ENOTDIR") });
  });
});

test("the folder is the one named, then TIDEMARK_SPOOL, then spool in the data folder", () => {
  const env = { TIDEMARK_SPOOL: "/s", TIDEMARK_DATA: "/d" };
  expect(findSpoolRoot("/x", env)).toBe("/x");
  expect(findSpoolRoot(true, env)).toBe("/s");
  expect(findSpoolRoot(undefined, { TIDEMARK_DATA: "/d" })).toBe("/d/spool");
  expect(findSpoolRoot(true, {})).toBe(".tidemark/spool");
});
