import pg from "pg";
import { RunDocument } from "@/ingest/schema";
import { parseBody } from "@/ingest/schema/parseBody";
import { storeRuns } from "@/ingest/store/storeRuns";
import { closePool } from "@/lib/db/pool";
import { SYSTEM } from "@/lib/model/actor";
import { hashText } from "@/lib/model/canonicalJson";
import type { Json } from "@/lib/model/words";
import type { Prepared } from "./documents";

/** Milliseconds per document, by what they are spent on. */
export type Profile = { step: string; milliseconds: number }[];

/** Stores documents one after another in this process, and says where the time goes. */
export async function profile(databaseUrl: string, slug: string, documents: Prepared[]): Promise<Profile> {
  process.env.DATABASE_URL = databaseUrl;
  const spent = new Map<string, number>();
  const add = (step: string, milliseconds: number) => spent.set(step, (spent.get(step) ?? 0) + milliseconds);
  const timed = <T>(step: string, work: () => T): T => {
    const since = performance.now();
    const result = work();
    add(step, performance.now() - since);
    return result;
  };
  const restore = watchQueries(add);
  try {
    let whole = 0;
    for (const [index, { body }] of documents.entries()) {
      if (index === WARM_UP) {
        spent.clear();
        whole = 0;
      }
      const sent = timed("parse the JSON", () => JSON.parse(body.toString())) as Json;
      timed("validate", () => parseBody(RunDocument, sent));
      timed("text of the document, and its hash", () => hashText(JSON.stringify(sent)));
      const since = performance.now();
      await storeRuns(SYSTEM, slug, sent);
      whole += performance.now() - since;
    }
    const known = [...spent].reduce((sum, [step, value]) => sum + (step === "parse the JSON" ? 0 : value), 0);
    add("the rest, in JavaScript", whole - known);
    const count = documents.length - WARM_UP;
    return [...spent]
      .map(([step, milliseconds]) => ({ step, milliseconds: milliseconds / count }))
      .sort((a, b) => b.milliseconds - a.milliseconds);
  } finally {
    restore();
    await closePool();
  }
}

/** The first documents make names and warm up the compiler: they are not counted. */
const WARM_UP = 50;

/**
 * Adds up the time of each statement, named by its first words. Of statements that were sent at once each counts from the
 * answer to the one before: they are answered in their order.
 */
function watchQueries(add: (step: string, milliseconds: number) => void): () => void {
  const client = pg.Client.prototype as { query: (...args: unknown[]) => unknown };
  const original = client.query;
  let answered = 0;
  client.query = function watched(this: unknown, ...args: unknown[]) {
    const sent = performance.now();
    const result = original.apply(this, args);
    const [first] = args as (string | { text?: string })[];
    const text = (typeof first === "string" ? first : first?.text) ?? "";
    const settle = () => {
      const now = performance.now();
      add(nameOf(text), now - Math.max(sent, answered));
      answered = now;
    };
    if (result instanceof Promise) result.then(settle, settle);
    return result;
  };
  return () => {
    client.query = original;
  };
}

function nameOf(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim().toLowerCase();
  if (flat.startsWith("with inserted")) return "SQL: insert into points";
  const known = /(insert into|update|from) ([a-z_.]+)/.exec(flat);
  return `SQL: ${flat.includes("add_job") ? "add the job" : flat.includes("advisory") ? "lock the keys" : known ? `${known[1] === "from" ? "select from" : known[1]} ${known[2]}` : flat.slice(0, 20)}`;
}
