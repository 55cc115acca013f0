import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

// Prisma's command line looks for a native engine on the network; the same engine as WebAssembly is a package. It is
// meant for a bundler, so it is put together by hand here. Used by tests, and to write the SQL of a new migration.

/** What wasm-bindgen puts on the module beside what its type file tells. */
type Glue = { __wbg_set_wasm(exports: WebAssembly.Exports): void };

/** The type `"char"` of the catalogue, which the adapter does not know. */
const CHAR = 18;
const BPCHAR = 1042;

let loaded: Promise<void> | undefined;

async function load(): Promise<void> {
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const module = await WebAssembly.compile(readFileSync(file.replace(/\.js$/, ".wasm")));
  const { exports } = await WebAssembly.instantiate(module, {
    "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports,
  });
  (engine as unknown as Glue).__wbg_set_wasm(exports);
  (exports as { __wbindgen_start?: () => void }).__wbindgen_start?.();
}

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;

/** Reports "char" columns as characters, and sends a script whole: the adapter cuts it at every ';', also in functions. */
function repaired(adapter: Adapter): Adapter {
  const pool = adapter.underlyingDriver();
  const characters = new Map<string, number[]>();
  const send = pool.query.bind(pool) as (query: pg.QueryConfig) => Promise<pg.QueryResult>;
  pool.query = (async (query: pg.QueryConfig) => {
    const result = await send(query);
    const found = result.fields?.flatMap((field, i) => (field.dataTypeID === CHAR ? [i] : [])) ?? [];
    for (const i of found) Object.assign(result.fields[i] as object, { dataTypeID: BPCHAR });
    if (found.length > 0) characters.set(query.text, found);
    return result;
  }) as typeof pool.query;
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const i of characters.get(query.sql) ?? []) result.columnTypes[i] = ColumnTypeEnum.Character;
    return result;
  };
  adapter.executeScript = async (script) => {
    await send({ text: script });
  };
  return adapter;
}

class MigrationAdapter extends PrismaPg {
  private readonly opened: Adapter[] = [];

  constructor(private readonly url: string) {
    super({ connectionString: url });
  }

  override async connect(): Promise<Adapter> {
    const adapter = repaired(await super.connect());
    this.opened.push(adapter);
    return adapter;
  }

  /** The engine leaves its own connection open. */
  async close(): Promise<void> {
    for (const adapter of this.opened.splice(0)) await adapter.dispose();
  }

  /** A database of its own for the migrations; its sessions end before it is dropped. */
  override async connectToShadowDb(): Promise<Adapter> {
    const name = `shadow_${globalThis.crypto.randomUUID().replaceAll("-", "")}`;
    await this.onServer(`CREATE DATABASE ${name}`);
    const own = new URL(this.url);
    own.pathname = `/${name}`;
    const adapter = repaired(await new PrismaPg({ connectionString: own.href }).connect());
    const close = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      await close();
      await this.onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    };
    return adapter;
  }

  private async onServer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

function migrationList(folder: string): engine.MigrationList {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const lock = path.join(folder, "migration_lock.toml");
  return {
    baseDir: path.resolve(folder),
    lockfile: { path: "migration_lock.toml", content: readFileSync(lock, "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(path.join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

/**
 * The SQL that leads from what the migrations make to what schema.prisma says; null where both agree.
 * `url` names any database of a server on which databases may be made.
 */
export async function drift(url: string, schema: string, migrations = "prisma/migrations"): Promise<string | null> {
  loaded ??= load();
  await loaded;
  const files = [{ path: "schema.prisma", content: schema }];
  const adapter = new MigrationAdapter(url);
  try {
    const own = await engine.SchemaEngine.new(
      { datamodels: [["schema.prisma", schema]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(adapter),
    );
    const result = await own.diff({
      from: { tag: "migrations", ...migrationList(migrations) },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.exitCode === 0 ? null : (result.stdout ?? "");
  } finally {
    await adapter.close();
  }
}
