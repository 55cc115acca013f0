import { config } from "@/lib/config";
import { closePool } from "@/lib/db/pool";
import { closePrisma } from "@/lib/db/prisma";
import { runWorker } from "@/lib/jobs";

// The worker process. Several of them can run against one database. It ends cleanly on SIGTERM: running jobs end first.
const runner = await runWorker(config.databaseUrl());
let stopping = false;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await runner.stop();
}

for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, stop);
await runner.promise.catch((error: unknown) => console.error(error));
await Promise.allSettled([closePool(), closePrisma()]);
process.exit(stopping ? 0 : 1); // an end that nobody asked for: the launcher starts another
