#!/usr/bin/env node
// The first file is plain JavaScript: it finds the TypeScript loader beside the checkout, whatever the working directory.
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const WRONG_USE = 2;
const root = fileURLToPath(new URL("../../", import.meta.url));

/** `npm run tidemark` starts in the checkout; files are meant from where the person stands. */
function returnToCaller() {
  const caller = process.env.INIT_CWD;
  if (process.env.npm_lifecycle_event !== "tidemark" || !caller) return;
  if (realpathSync(process.cwd()) === realpathSync(root)) process.chdir(caller);
}

async function loader() {
  try {
    return await import("tsx/esm/api");
  } catch {
    process.stderr.write(`tidemark: the packages are missing. Run \`npm install\` in ${root} first.\n`);
    process.exit(WRONG_USE);
  }
}

returnToCaller();
const { register } = await loader();
register({ tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) });
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
