import { isAbsolute, resolve } from "node:path";
import type { Json } from "@/lib/model/words";
import { WrongUse } from "../exit";
import { type Head, readHead } from "../git/head";
import { isRecord } from "../http/problem";
import type { Environment } from "../http/settings";
import type { Document } from "../read/documents";
import { readCiJob } from "./ci";
import { buildKey } from "./key";

/** A document ready to be sent. `key` is null where it holds none that could be read: the server will say so. */
export type Outgoing = { text: string; key: string | null; place: string };

/** Fills the gaps of documents; says once what it took from where. */
export type Filler = (document: Document) => Promise<Outgoing>;

/**
 * Fills what a document leaves out: the commit from the checkout in `repository`, the run's key from CI job,
 * environment and content. Nothing that is there is changed, and nothing that varies from one try to the next is
 * added: the same document pushed again must stay the same document.
 */
export function createFiller(repository: string, env: Environment, tell: (line: string) => void): Filler {
  let head: Promise<Head | null> | undefined;
  const readHeadOnce = () => {
    head ??= readHead(repository, env).then((found) => {
      if (found) tellHead(found, repository, tell);
      return found;
    });
    return head;
  };
  return async (document) => {
    const { value, text, place } = document;
    if (!isFields(value)) return { text, key: null, place };
    const withCommit = hasText(value.commit, "sha")
      ? value
      : await addCommit(document, value, readHeadOnce, repository);
    const full = needsKey(withCommit) ? addKey(withCommit, env) : withCommit;
    return { text: full === value ? text : JSON.stringify(full), key: readKey(full), place };
  };
}

type Fields = { [field: string]: Json };

async function addCommit(
  document: Document,
  value: Fields,
  readHeadOnce: () => Promise<Head | null>,
  repository: string,
): Promise<Fields> {
  // What is there but is no commit at all is for the server to refuse.
  if (value.commit !== undefined && (!isRecord(value.commit) || value.commit.sha !== undefined)) return value;
  const head = await readHeadOnce();
  if (!head)
    throw new WrongUse(
      `${document.place}: no commit.sha, and ${absolute(repository)} is no git checkout. Name the commit in the document, or the checkout with --repository DIR.`,
    );
  return { ...value, commit: { ...head.commit, ...(isFields(value.commit) ? value.commit : {}) } };
}

/** True where the document leaves the key out. A key of the wrong kind is for the server to refuse. */
function needsKey(value: Fields): boolean {
  return value.run === undefined || (isRecord(value.run) && value.run.key === undefined);
}

function addKey(value: Fields, env: Environment): Fields {
  const environment = isRecord(value.environment) ? value.environment.name : null;
  const key = buildKey(readCiJob(env).key, typeof environment === "string" ? environment : null, value);
  return { ...value, run: { ...(isFields(value.run) ? value.run : {}), key } };
}

function readKey(value: Fields): string | null {
  return isRecord(value.run) && typeof value.run.key === "string" ? value.run.key : null;
}

/** Parsed JSON is made of nothing else. */
function isFields(value: unknown): value is Fields {
  return isRecord(value);
}

function hasText(value: unknown, field: string): boolean {
  return isRecord(value) && typeof value[field] === "string";
}

function tellHead({ commit, isModified }: Head, repository: string, tell: (line: string) => void): void {
  const where = commit.branch ? `${commit.sha.slice(0, 12)} on ${commit.branch}` : commit.sha.slice(0, 12);
  tell(`commit taken from the checkout ${absolute(repository)}: ${where}`);
  if (!commit.branch) tell("its branch cannot be told (detached checkout): name it as commit.branch in the document");
  if (isModified) tell("note: this checkout has changes that no commit holds");
}

function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(path);
}
