import { PrismaPg } from "@prisma/adapter-pg";
import { config } from "../config";
import { PrismaClient } from "./generated/client";

const globals = globalThis as { tidemarkPrisma?: PrismaClient };

/**
 * Prisma's client of this process, for ordinary reads and writes; hot paths are whole SQL through `rows`.
 * @public the reads and writes so far are whole SQL; people's commands of later versions are ordinary ones
 */
export function prisma(): PrismaClient {
  globals.tidemarkPrisma ??= new PrismaClient({
    adapter: new PrismaPg(
      { connectionString: config.databaseUrl(), max: config.poolSize() },
      { onPoolError: () => undefined, onConnectionError: () => undefined },
    ),
  });
  return globals.tidemarkPrisma;
}

/** Closes Prisma's connections of this process; for worker and tests. */
export async function closePrisma(): Promise<void> {
  const open = globals.tidemarkPrisma;
  globals.tidemarkPrisma = undefined;
  await open?.$disconnect();
}
