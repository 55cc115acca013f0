import type { Exit } from "../exit";
import { WrongUse } from "../exit";
import type { ServerOptions } from "../http/settings";
import { createTalk, type Io, type TalkOptions } from "../io";
import { createProgress, type Progress } from "../progress";
import { createBatcher } from "../push/batches";
import { createFiller, type Filler } from "../push/complete";
import { createDelivery, type Delivery } from "../push/deliver";
import { flushSpool } from "../push/flush";
import { createReport, type Report } from "../push/report";
import { createSpool, findSpoolRoot, type Spool } from "../push/spool";
import { readDocuments } from "../read/documents";
import { findSources, type Source } from "../read/sources";
import { type Session, withSession } from "../session";

export type PushOptions = ServerOptions &
  TalkOptions & {
    /** true: the default folder. */
    spool?: string | true;
    flush?: boolean;
    dryRun?: boolean;
    repository: string;
  };

/** Sends result documents. The spool goes first, then the sources in order, each document once. */
export async function push(paths: readonly string[], options: PushOptions, io: Io): Promise<Exit> {
  checkUse(paths, options);
  const tell = createTalk(io, options);
  const sources = await findSources(paths, io.input);
  return withSession(options, io, tell, async (session) => {
    const progress = createProgress(io, options, extentOf(sources));
    const report = createReport(io, options, progress.clear);
    const spool = createSpool(findSpoolRoot(options.spool, io.env), session.url, session.project, () => new Date());
    const isKeeping = Boolean(options.spool || io.env.TIDEMARK_SPOOL) && !options.dryRun;
    const delivery = openDelivery(session, options, isKeeping ? spool : null);
    try {
      if (!options.dryRun) await flushSpool(spool, delivery, report, tell);
      const fill = createFiller(options.repository, io.env, tell);
      await sendSources(sources, { fill, delivery, report, progress });
      if (options.flush) await tellWaiting(spool, io);
    } finally {
      progress.stop();
    }
    return report.finish(delivery.stopped());
  });
}

function checkUse(paths: readonly string[], { spool, flush }: PushOptions): void {
  if (paths.length > 0 || flush) return;
  const swallowed = typeof spool === "string" ? ` (--spool took "${spool}" as its folder: write --spool=DIR)` : "";
  throw new WrongUse(
    `Nothing to push${swallowed}. Name files, folders, or - for standard input; --flush sends only what waits in the spool.`,
  );
}

/** Less than this is read before anybody could look at a bar. */
const WORTH_A_BAR = 1_000_000;

function extentOf(sources: readonly Source[]) {
  const sizes = sources.map(({ bytes }) => bytes);
  const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
  const isLong = total !== null && total >= WORTH_A_BAR;
  return {
    label: "sending",
    total: isLong ? total : null,
    format: (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`,
  };
}

function openDelivery({ client, path }: Session, { dryRun }: PushOptions, spool: Spool | null): Delivery {
  const target = path(dryRun ? "runs?dryRun=1" : "runs");
  return createDelivery({
    post: (body) => client.call({ method: "POST", path: target, body }),
    ...(spool ? { keep: (batch) => spool.keep(batch.map(({ text }) => text)) } : {}),
  });
}

type Work = { fill: Filler; delivery: Delivery; report: Report; progress: Progress };

async function sendSources(sources: readonly Source[], { fill, delivery, report, progress }: Work): Promise<void> {
  const batcher = createBatcher();
  for (const source of sources)
    for await (const reading of readDocuments(source, progress.advance)) {
      if (reading.kind === "fault") {
        report.addFault(reading.fault);
        continue;
      }
      try {
        report.add(await delivery.send(batcher.add(await fill(reading.document))));
      } catch (error) {
        if (!(error instanceof WrongUse)) throw error;
        report.addFault(error);
      }
    }
  report.add(await delivery.send(batcher.rest()));
}

/** After --flush: does anything still wait? */
async function tellWaiting(spool: Spool, io: Io): Promise<void> {
  const waiting = await spool.list();
  if (waiting.length > 0) io.tell(`${waiting.length} files still wait in ${spool.folder}`);
}
