import { SingleBar } from "cli-progress";
import type { Io, TalkOptions } from "./io";

/** How far a long command is. `clear` makes room for a line of data; the bar comes back with the next step. */
export type Progress = { advance: (amount: number) => void; clear: () => void; stop: () => void };

/** What is counted: `total` null where the end is not known (standard input). */
export type Extent = { label: string; total: number | null; format: (amount: number) => string };

/** A bar on a terminal, a line for every tenth otherwise, nothing with --json or --quiet. Always on stderr. */
export function createProgress(io: Io, options: TalkOptions, extent: Extent): Progress {
  if (options.json || options.quiet || !extent.total) return { advance: () => {}, clear: () => {}, stop: () => {} };
  return io.isTerminal ? createBar(extent, extent.total) : createLines(io, extent, extent.total);
}

function createBar({ label, format }: Extent, total: number): Progress {
  const bar = new SingleBar({
    stream: process.stderr,
    hideCursor: null,
    clearOnComplete: true,
    format: `${label} [{bar}] {percentage} %  {amount} of {whole}`,
  });
  bar.start(total, 0, { amount: format(0), whole: format(total) });
  let done = 0;
  return {
    advance: (amount) => {
      done += amount;
      bar.update(done, { amount: format(done) });
    },
    clear: () => void process.stderr.write("\r\u001b[K"),
    stop: () => bar.stop(),
  };
}

function createLines(io: Io, { label, format }: Extent, total: number): Progress {
  let done = 0;
  return {
    advance: (amount) => {
      const before = Math.floor((done * 10) / total);
      done += amount;
      const tenth = Math.floor((done * 10) / total);
      if (tenth > before && tenth < 10) io.tell(`${label}: ${format(done)} of ${format(total)}`);
    },
    clear: () => {},
    stop: () => {},
  };
}
