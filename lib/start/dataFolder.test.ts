import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimDataFolder } from "./dataFolder";
import { identify, isAlive } from "./processes";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-claim-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const URL = "http://127.0.0.1:3000";
const occupy = (occupant: object) => writeFileSync(path.join(folder, "launcher.json"), JSON.stringify(occupant));
const dead = { pid: 2 ** 22 + 1, started: "1" };

test("a second launcher on the same folder is told of the first", async () => {
  await claimDataFolder(folder, URL);
  await expect(claimDataFolder(folder, URL)).rejects.toThrow(/already runs on .*http:\/\/127\.0\.0\.1:3000/);
});

test("a launcher that died leaves nothing in the way, and its children are ended", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const id = identify(child.pid ?? 0);
  occupy({ launcher: dead, url: URL, children: [id, dead] });
  await claimDataFolder(folder, URL);
  expect(id && isAlive(id)).toBe(false);
});

test("a process that merely has the number of a dead child is left alone", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  occupy({ launcher: dead, url: URL, children: [{ pid: child.pid, started: "another time" }] });
  await claimDataFolder(folder, URL);
  expect(identify(child.pid ?? 0)).not.toBeNull();
  child.kill("SIGKILL");
});

test("a mark that was half written when the machine stopped is no obstacle", async () => {
  writeFileSync(path.join(folder, "launcher.json"), '{"launcher":{"pi');
  await claimDataFolder(folder, URL);
  expect(JSON.parse(readFileSync(path.join(folder, "launcher.json"), "utf8"))).toMatchObject({ url: URL });
});
