// `npm run bench -- ingest`: plain JavaScript, for it runs before anything is installed.
import { checkNode, install } from "../start/install.mjs";

process.chdir(new URL("../..", import.meta.url).pathname.replace(/^\/([A-Za-z]:)/, "$1"));
process.env.NEXT_TELEMETRY_DISABLED = "1";
checkNode();
await install();
const { register } = await import("tsx/esm/api");
register();
const { main } = await import("./main.ts");
process.exit(await main(process.argv.slice(2)));
