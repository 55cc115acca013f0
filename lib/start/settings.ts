import path from "node:path";
import { CannotStart } from "./fault";

/** What the environment asks the launcher for; docs/operations.md has the table. */
export type Settings = {
  port: number;
  host: string;
  /** null: the embedded server. */
  databaseUrl: string | null;
  /** Absolute. */
  dataFolder: string;
  publicUrl: string;
  demo: boolean;
  adminToken: string | null;
};

/** Reads and checks the settings. Throws CannotStart, whose text names the variable. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const port = readPort(env.PORT || "3000");
  const host = env.HOST || "127.0.0.1";
  return {
    port,
    host,
    databaseUrl: env.DATABASE_URL ? checkDatabaseUrl(env.DATABASE_URL) : null,
    dataFolder: path.resolve(env.TIDEMARK_DATA || ".tidemark"),
    publicUrl: env.TIDEMARK_PUBLIC_URL ? checkPublicUrl(env.TIDEMARK_PUBLIC_URL) : localUrl(host, port),
    demo: env.TIDEMARK_DEMO !== "0",
    adminToken: env.TIDEMARK_ADMIN_TOKEN || null,
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new CannotStart(`PORT is '${text}', which is no port: set it to a number from 1 to 65535, such as 3000.`);
}

function checkDatabaseUrl(text: string): string {
  const scheme = URL.canParse(text) ? new URL(text).protocol : "";
  if (scheme === "postgresql:" || scheme === "postgres:") return text;
  throw new CannotStart(
    "DATABASE_URL is no address of a PostgreSQL server: write it as postgresql://user:password@host:5432/database, or leave it unset to use the embedded server.",
  );
}

function checkPublicUrl(text: string): string {
  const scheme = URL.canParse(text) ? new URL(text).protocol : "";
  if (scheme === "http:" || scheme === "https:") return text.replace(/\/+$/, "");
  throw new CannotStart(
    `TIDEMARK_PUBLIC_URL is '${text}', which is no web address: write it with its scheme, as in https://tidemark.example.org.`,
  );
}

/** Address of this machine's own server; one that listens everywhere is reached as localhost. */
export function localUrl(host: string, port: number): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** A connection string without its secret, for messages. */
export function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  return `${url.host || "localhost"}${url.pathname}`;
}
