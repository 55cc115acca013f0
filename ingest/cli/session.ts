import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "./http/client";
import { readProject, readToken, readUrl, type ServerOptions } from "./http/settings";
import type { Io } from "./io";

/** A server, a project on it, and the means to ask. */
export type Session = {
  client: Client;
  url: string;
  project: string;
  /** Path of the project's API, or of something below it: `path("runs")`. */
  path: (below: string) => string;
};

/** Runs `work` with the server and project that options and environment name. Throws WrongUse where they are unclear. */
export async function withSession<T>(
  options: ServerOptions,
  io: Io,
  tell: (line: string) => void,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const url = readUrl(options, io.env);
  const project = readProject(options, io.env);
  const client = createClient({
    url,
    token: readToken(options, io.env),
    retries: options.retries,
    timeout: options.timeout * 1000,
    tell,
    sleep: (milliseconds) => sleep(milliseconds),
    random: Math.random,
    now: Date.now,
  });
  try {
    return await work({ client, url, project, path: (below) => projectPath(project, below) });
  } finally {
    await client.close();
  }
}

function projectPath(project: string, below: string): string {
  return `/api/v1/projects/${encodeURIComponent(project)}/${below}`;
}
