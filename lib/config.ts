/**
 * Every setting that comes from outside, read in this one place (docs/operations.md has the table).
 * Values are read at call time, so that a test or the launcher may set them first.
 */
export const config = {
  /** Connection string of the Postgres server. The launcher sets it for its children when it runs the embedded one. */
  databaseUrl(): string {
    const url = process.env.DATABASE_URL;
    if (!url)
      throw new Error("DATABASE_URL is not set. Start Tidemark with `npm start`, or name a Postgres server in it.");
    return url;
  },
  /** Connections a web process may hold. */
  poolSize: (): number => Number(process.env.TIDEMARK_POOL_SIZE ?? 10),
  /** Bodies of results that a web process reads, parses and stores at once: readers must find a connection too. */
  bodies: (): number => Math.max(1, Number(process.env.TIDEMARK_BODIES) || config.poolSize() - 2),
  /** Address under which people reach this server, without a slash at the end; null: that of the request. */
  publicUrl: () => process.env.TIDEMARK_PUBLIC_URL?.replace(/\/+$/, "") || null,
  /** The same where nobody asks: messages are sent by the worker. */
  ownUrl(): string {
    const host = ["0.0.0.0", "::"].includes(config.host()) ? "localhost" : config.host();
    return config.publicUrl() ?? `http://${host.includes(":") ? `[${host}]` : host}:${config.port()}`;
  },
  /** Admin token given from outside, accepted beside those in the database. */
  adminToken: () => process.env.TIDEMARK_ADMIN_TOKEN || null,
  /** Signs the cookies of sessions; null: one that is kept in the database. */
  secret: () => process.env.TIDEMARK_SECRET || null,
  /** False: the demo project is not loaded at first start. */
  demo: () => process.env.TIDEMARK_DEMO !== "0",
  /** Folder of the embedded database and of what must survive a restart. */
  dataFolder: () => process.env.TIDEMARK_DATA || ".tidemark",
  /** Hosts, addresses and networks outside the public Internet that messages may be sent to. */
  notifyAllow: () => (process.env.TIDEMARK_NOTIFY_ALLOW ?? "").split(/[\s,]+/).filter(Boolean),
  /** The server that takes mail, as smtp:// or smtps:// with user and password; null: no mail is sent. */
  smtpUrl: () => process.env.TIDEMARK_SMTP_URL || null,
  /** Sender of mail. */
  mailFrom: () => process.env.TIDEMARK_MAIL_FROM || "Tidemark <tidemark@localhost>",
  port: () => Number(process.env.PORT || 3000),
  host: () => process.env.HOST || "127.0.0.1",
  /** Next sets it: true under `next dev`, false in a built app. */
  isDevelopment: () => process.env.NODE_ENV === "development",
  logLevel: () => process.env.TIDEMARK_LOG || "info",
};
