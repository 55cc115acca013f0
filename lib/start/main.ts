import { createServer } from "node:net";
import { build, SERVER } from "./build";
import { type Child, keepAlive, startChild } from "./children";
import { type Database, migrateDatabase, openDatabase } from "./database";
import { type Claim, claimDataFolder } from "./dataFolder";
import { CannotStart, reason } from "./fault";
import { awaitAnalysis, firstToken, loadDemoOnce } from "./firstStart";
import { until } from "./processes";
import { during } from "./progress.mjs";
import { localUrl, readSettings, type Settings } from "./settings";

const CHILD_GRACE = 4_000;
const ANALYSIS_WITHIN = 5 * 60_000;
const PARENT_EVERY = 200;
/** Bodies of results are much memory for a short time: with Node's 16 MB half of it is copied about before it is free. */
const YOUNG_MEMORY = "--max-semi-space-size=32";

/** What must be ended, in reverse order of its start. */
type Ending = () => Promise<void> | void;

/** Builds and starts everything, and stays until a signal or a death ends it. Does not return before. */
export async function main(): Promise<void> {
  const endings: Ending[] = [];
  let stopping = false;
  const stop = async (code: number, why: string) => {
    if (stopping) return;
    stopping = true;
    console.log(why);
    for (const ending of endings.reverse())
      await Promise.resolve(ending()).catch((error) => console.error(reason(error)));
    process.exit(code);
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => stop(0, `\nStopping (${name}) ...`).then(() => undefined));
  stopWithNpm(() => stop(0, "npm has ended: stopping ..."));
  try {
    await start(readSettings(process.env), endings, (why) => stop(1, why));
  } catch (error) {
    if (stopping) return; // what was under way lost its database
    if (!(error instanceof CannotStart)) console.error(error);
    await stop(
      1,
      error instanceof CannotStart ? error.message : "Tidemark cannot start: please report the lines above.",
    );
  }
}

/** npm passes signals on, but not its own death by kill -9: without it nobody could end this process any more. */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event !== "start") return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, PARENT_EVERY).unref();
}

async function start(settings: Settings, endings: Ending[], die: (why: string) => void): Promise<void> {
  const claim = await claimDataFolder(settings.dataFolder, settings.publicUrl);
  endings.push(claim.release);
  await checkPort(settings);
  await build();
  const database = await openDatabase(settings);
  watchDatabase(database, endings, die);
  await migrateDatabase(database.url);
  process.env.DATABASE_URL = database.url; // for what this process itself does with it
  const loaded = settings.demo && (await loadDemoOnce());
  await startChildren(settings, database, claim, endings, die, loaded);
  const token = settings.adminToken ? null : await firstToken();
  console.log(`\nTidemark is ready at ${settings.publicUrl}`);
  if (token) console.log(`Admin token, shown this once: ${token}`);
  console.log("Ctrl-C ends it.");
}

function watchDatabase({ server }: Database, endings: Ending[], die: (why: string) => void): void {
  if (!server) return;
  endings.push(() => server.stop());
  server.ended.then(() =>
    die(`PostgreSQL has ended unexpectedly; its log is ${server.home}/log. Start Tidemark again.`),
  );
}

async function startChildren(
  settings: Settings,
  database: Database,
  claim: Claim,
  endings: Ending[],
  die: (why: string) => void,
  loaded: boolean,
): Promise<void> {
  const env = childEnvironment(settings, database.url);
  const children: Child[] = [];
  const note = () => claim.note([worker.current(), ...children.map(({ id }) => id)]);
  const worker = keepAlive(
    () => startChild("worker", ["--import", "tsx", "lib/start/worker.ts"], env),
    (text) => console.error(`worker: ${text}`),
    () => note(),
  );
  // Web and worker end together, before the database.
  endings.push(async () => {
    await Promise.all([worker.stop(CHILD_GRACE), ...children.map((child) => child.stop(CHILD_GRACE))]);
  });
  note();
  if (loaded) await awaitAnalysis(ANALYSIS_WITHIN);
  const web = startChild("web", [YOUNG_MEMORY, SERVER], env);
  children.push(web);
  note();
  web.ended.then((how) => die(["The web server has ended", `(${how}).`, ...web.lastLines()].join(" ")));
  await untilServing(settings);
  web.show();
}

function childEnvironment(settings: Settings, databaseUrl: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    TIDEMARK_DATA: settings.dataFolder,
    PORT: String(settings.port),
    HOST: settings.host,
    HOSTNAME: settings.host, // the name by which Next's server knows it
  };
}

/** Told before minutes are spent on anything else. */
async function checkPort({ host, port }: Settings): Promise<void> {
  const code = await new Promise<string | null>((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
  if (code === null) return;
  if (code === "EADDRINUSE")
    throw new CannotStart(
      `Port ${port} on ${host} is taken by another program: end that, or choose another as in PORT=${port + 1} npm start.`,
    );
  if (code === "EACCES")
    throw new CannotStart(
      `Port ${port} needs more rights than this user has: choose one above 1023, as in PORT=3000 npm start.`,
    );
  throw new CannotStart(
    `${host} port ${port} cannot be listened on (${code}): set HOST to an address of this machine, or leave it unset.`,
  );
}

const WEB_READY_WITHIN = 60_000;

async function untilServing({ host, port }: Settings): Promise<void> {
  const local = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host;
  const address = `${localUrl(local, port)}/api/v1/health`;
  await during("Web server", async () => {
    let answered = false;
    const end = Date.now() + WEB_READY_WITHIN;
    while (!answered && Date.now() < end) {
      answered = await fetch(address).then(
        () => true,
        () => false,
      );
      if (!answered) await until(() => false, 50);
    }
    if (!answered)
      throw new CannotStart(
        `The web server does not answer at ${address}: start again with TIDEMARK_LOG=debug and read what it says.`,
      );
    return "answers";
  });
}
