import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { CannotStart } from "./fault";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A Chromium on this machine: the one PLAYWRIGHT_CHROMIUM names, one on the PATH, or Playwright's own; else null. */
export function findBrowser(env: Record<string, string | undefined> = process.env): string | null {
  const named = env.PLAYWRIGHT_CHROMIUM;
  if (named && !isProgram(named)) throw new CannotStart(`PLAYWRIGHT_CHROMIUM names ${named}, which is no program.`);
  if (named) return named;
  const folders = (env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const candidates = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...candidates, MAC, chromium.executablePath()].find(isProgram) ?? null;
}

const ATTEMPTS: { command: string; args: string[] }[][] = [
  [{ command: process.execPath, args: ["node_modules/@playwright/test/cli.js", "install", "chromium"] }],
  [
    { command: "apt-get", args: ["update"] },
    { command: "apt-get", args: ["install", "-y", "--no-install-recommends", "chromium"] },
  ],
];

/** Installs a browser: Playwright's own or, as root on Debian, the system's. Throws CannotStart. */
export function installBrowser(): string {
  for (const commands of ATTEMPTS) {
    try {
      for (const { command, args } of commands)
        execFileSync(command, args, { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    } catch {
      continue; // the next way
    }
    const found = findBrowser();
    if (found) return found;
  }
  throw new CannotStart(
    "There is no Chromium, and none can be installed from here: install one and name it in PLAYWRIGHT_CHROMIUM, or leave these tests out with `npm test -- types lint unit integration build`.",
  );
}
