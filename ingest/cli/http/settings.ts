import { readFileSync } from "node:fs";
import { WrongUse } from "../exit";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Options that every command which talks to a server has. */
export type ServerOptions = {
  url?: string;
  project?: string;
  tokenFile?: string;
  retries: number;
  /** Seconds. */
  timeout: number;
};

const DEFAULT_URL = "http://127.0.0.1:3000";

/** Address of the server, without a slash at the end: --url, TIDEMARK_URL, or the local default. */
export function readUrl(options: { url?: string }, env: Environment): string {
  const given = options.url || env.TIDEMARK_URL || DEFAULT_URL;
  if (!URL.canParse(given)) throw new WrongUse(`"${given}" is no address. Write it as ${DEFAULT_URL}.`);
  const url = new URL(given);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new WrongUse(`"${given}" is not http or https. Write the address as ${DEFAULT_URL}.`);
  if (url.username || url.password)
    throw new WrongUse("The address holds a user or password. Leave them out; a token travels in TIDEMARK_TOKEN.");
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** Slug of the project: --project or TIDEMARK_PROJECT. */
export function readProject(options: { project?: string }, env: Environment): string {
  const project = options.project || env.TIDEMARK_PROJECT;
  if (!project) throw new WrongUse("Which project? Name it with --project SLUG or in TIDEMARK_PROJECT.");
  return project;
}

/**
 * The token: the file of --token-file, or TIDEMARK_TOKEN; null without either. Never an argument: those stand in the
 * process list and in the shell's history.
 */
export function readToken(options: { tokenFile?: string }, env: Environment): string | null {
  const token = options.tokenFile ? readTokenFile(options.tokenFile) : env.TIDEMARK_TOKEN?.trim();
  if (!token) return null;
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new WrongUse("The token holds blanks or characters that no token has. Copy it again, without the rest.");
  return token;
}

function readTokenFile(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch {
    throw new WrongUse(`The token file ${path} cannot be read.`);
  }
  if (text === "") throw new WrongUse(`The token file ${path} is empty.`);
  return text;
}
