import { MigrationFault, migrate } from "@/lib/db/migrate";
import { CannotStart, reason } from "./fault";
import { type EmbeddedPostgres, startPostgres } from "./postgres";
import { during } from "./progress.mjs";
import { type Settings, withoutPassword } from "./settings";

/** The database of this start: its address, and the embedded server where it is ours. */
export type Database = { url: string; server: EmbeddedPostgres | null };

/** Starts the embedded server, unless DATABASE_URL names another one. Throws CannotStart. */
export async function openDatabase(settings: Settings): Promise<Database> {
  if (settings.databaseUrl) return { url: settings.databaseUrl, server: null };
  const server = await during("PostgreSQL", async (progress) => {
    progress("starting");
    const started = await startPostgres({ folder: settings.dataFolder, detached: true });
    progress(started.home);
    return started;
  });
  return { url: server.url, server };
}

/** Brings the database to the schema of this version. Throws CannotStart. */
export async function migrateDatabase(url: string): Promise<void> {
  await during("Schema", async () => {
    try {
      const applied = await migrate(url);
      return applied.length > 0 ? `${applied.length} migration(s) applied` : "up to date";
    } catch (error) {
      if (error instanceof MigrationFault) throw new CannotStart(error.message);
      throw new CannotStart(
        `The database at ${withoutPassword(url)} cannot be used (${reason(error)}): start that server or correct DATABASE_URL; without it Tidemark uses a server of its own.`,
      );
    }
  });
}
