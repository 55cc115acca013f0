// Makes sure that node_modules is what package-lock.json says. Plain JavaScript without dependencies.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { step } from "./progress.mjs";

const STAMP = "node_modules/.tidemark-installed";
const NEEDED = [20, 19];

/** One sentence and an end: what keeps Tidemark from going on, and the way out. */
export function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}

export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  giveUp(
    `This is Node ${process.versions.node}, and Tidemark needs ${NEEDED.join(".")} or newer: install Node 24 from https://nodejs.org.`,
  );
}

const lockHash = () => createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");

function isInstalled(hash) {
  if (existsSync(STAMP)) return readFileSync(STAMP, "utf8") === hash;
  const byHand = "node_modules/.package-lock.json"; // written by npm itself at the end of an installation
  return existsSync(byHand) && statSync(byHand).mtimeMs >= statSync("package-lock.json").mtimeMs;
}

/** npm as started by npm itself; on Windows npm is a script that needs a shell. */
function npm(args) {
  const script = process.env.npm_execpath;
  const common = { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, CI: "true" } };
  if (script?.endsWith(".js")) return spawn(process.execPath, [script, ...args], common);
  return spawn("npm", args, { ...common, shell: process.platform === "win32" });
}

/** Installs the packages of package-lock.json, unless they are there already. */
export async function install() {
  const hash = lockHash();
  if (isInstalled(hash)) return;
  const current = step("Packages");
  current.progress("npm ci");
  const child = npm(["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"]);
  const stop = () => child.kill("SIGTERM");
  for (const name of ["SIGINT", "SIGTERM"]) process.once(name, stop);
  const said = [];
  child.stdout.on("data", (data) => said.push(data));
  child.stderr.on("data", (data) => said.push(data));
  const [code, signal] = await new Promise((resolve) => {
    child.once("error", (error) => {
      said.push(Buffer.from(error.message));
      resolve([1, null]);
    });
    child.once("close", (...how) => resolve(how));
  });
  for (const name of ["SIGINT", "SIGTERM"]) process.off(name, stop);
  if (signal) process.exit(0); // somebody ended it
  if (code !== 0) {
    current.failed();
    giveUp(
      `The packages cannot be installed (${lastWords(said)}): see that this machine reaches the npm registry and that ${process.cwd()} is writable, then start again.`,
    );
  }
  writeFileSync(STAMP, hash);
  current.done("installed");
}

function lastWords(said) {
  const lines = Buffer.concat(said)
    .toString()
    .split("\n")
    .map((line) => line.replace(/^npm (error|ERR!) ?/, "").trim());
  return (
    lines
      .filter((line) => line && !line.startsWith("A complete log"))
      .slice(0, 3)
      .join(" ") || "npm ci failed"
  );
}
