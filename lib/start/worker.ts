import { config } from "@/lib/config";
import { closePool } from "@/lib/db/pool";
import { closePrisma } from "@/lib/db/prisma";
import { runWorker } from "@/lib/jobs";

// The worker process; several can run against one database. On SIGTERM it ends cleanly: running jobs end first. All
// that concerns the queue (names, unlocking jobs of killed workers, log) is in lib/jobs/worker.ts.
const worker = await runWorker(config.databaseUrl());
let stopping = false;

async function stop(): Promise<void> {
  stopping = true;
  await worker.stop();
}

for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, stop);
await worker.promise.catch((error: unknown) => console.error(error));
await Promise.allSettled([closePool(), closePrisma()]);
process.exit(stopping ? 0 : 1); // an end that nobody asked for: the launcher starts another
