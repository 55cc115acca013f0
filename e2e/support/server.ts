import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Where the server of the tests writes what it says, for when it does not come up. */
const KEPT = 40;

/**
 * Starts the built app as a user would, on a free port, with an empty data folder and the demo project, and ends it
 * after the last test. With TIDEMARK_E2E_URL set before, tests run against that server instead.
 */
export default async function startServer(): Promise<(() => Promise<void>) | undefined> {
  const url = new URL(process.env.TIDEMARK_E2E_URL ?? "");
  if (await answers(url)) return undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-e2e-"));
  const child = spawn(process.execPath, ["lib/start/start.mjs"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PORT: url.port,
      HOST: url.hostname,
      TIDEMARK_DATA: folder,
      TIDEMARK_DEMO: "1",
      DATABASE_URL: "",
      // What tests listen with stands on this machine; any other address of the own network stays closed.
      TIDEMARK_NOTIFY_ALLOW: "127.0.0.1",
      npm_lifecycle_event: "",
    },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const said: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    const listen = (data: Buffer) => {
      said.push(...data.toString().split("\n"));
      said.splice(0, said.length - KEPT);
      if (data.toString().includes("Tidemark is ready")) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    ended.then(() => reject(new Error(`The server did not start:\n${said.join("\n")}`)));
  });
  await ready.catch(async (error) => {
    await stop();
    throw error;
  });
  return stop;
}

/** Is there a server already? Its status does not matter. */
async function answers(url: URL): Promise<boolean> {
  return fetch(url, { redirect: "manual" }).then(
    () => true,
    () => false,
  );
}
