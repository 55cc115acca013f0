import { createReadStream } from "node:fs";
import { isRecord } from "../http/problem";
import { readDocuments } from "../read/documents";
import { inBatches } from "./batches";
import type { Outgoing } from "./complete";
import type { Delivery, Outcome } from "./deliver";
import type { Report } from "./report";
import type { Spool } from "./spool";

/**
 * Sends what waits in the spool, oldest first. A file goes when all of it has an answer; documents that the server
 * refuses are set aside, so that they never stand in the way of the next. Stops when the server is away.
 */
export async function flushSpool(spool: Spool, delivery: Delivery, report: Report, tell: (line: string) => void) {
  const files = await spool.list();
  if (files.length > 0) tell(`the spool ${spool.folder} goes first: ${files.length} waiting`);
  for (const file of files) {
    if (delivery.stopped()) return;
    await flushFile(file, spool, delivery, report, tell);
  }
}

async function flushFile(
  file: string,
  spool: Spool,
  delivery: Delivery,
  report: Report,
  tell: (line: string) => void,
): Promise<void> {
  const documents = await readSpooled(file, report);
  if (!documents) return;
  let isWhole = true;
  for (const batch of inBatches(documents)) {
    const outcomes = await delivery.resend(batch);
    // What stays here is no news: its file goes on waiting.
    const answered = outcomes.filter(({ kind }) => kind !== "kept" && kind !== "unsent");
    isWhole &&= answered.length === outcomes.length;
    report.add(answered);
    await setRefusedAside(batch, answered, spool, tell);
  }
  if (isWhole) await spool.remove(file);
}

/** null where the file cannot be read: it stays, and is told. */
async function readSpooled(file: string, report: Report): Promise<Outgoing[] | null> {
  const source = { name: file, bytes: null, open: () => createReadStream(file) };
  const documents: Outgoing[] = [];
  for await (const reading of readDocuments(source)) {
    if (reading.kind === "fault") {
      report.addFault(reading.fault);
      return null;
    }
    const { text, value, place } = reading.document;
    const run = isRecord(value) && isRecord(value.run) ? value.run : {};
    documents.push({ text, place, key: typeof run.key === "string" ? run.key : null });
  }
  return documents;
}

async function setRefusedAside(
  batch: readonly Outgoing[],
  outcomes: readonly Outcome[],
  spool: Spool,
  tell: (line: string) => void,
): Promise<void> {
  const places = new Set(outcomes.filter(({ kind }) => kind === "refused").map(({ place }) => place));
  const refused = batch.filter(({ place }) => places.has(place));
  if (refused.length === 0) return;
  tell(`refused documents of the spool are set aside in ${await spool.setAside(refused.map(({ text }) => text))}`);
}
