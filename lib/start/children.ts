import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { end, identify, type ProcessId } from "./processes";

/** A process that the launcher answers for. */
export type Child = {
  id: ProcessId;
  /** How it ended, in words: "exit code 1". */
  ended: Promise<string>;
  /** Its last lines, for the sentence that says why it ended. */
  lastLines(): string[];
  /** From now on its lines are shown, with its name before them. */
  show(): void;
  stop(grace: number): Promise<void>;
};

const KEPT_LINES = 12;

/**
 * Starts a Node process in a group of its own: a Ctrl-C in the terminal reaches the launcher alone, which decides the
 * order of the end. Its stdin is held open; when the launcher dies, the child sees its end (orphan.mjs).
 */
export function startChild(name: string, args: string[], env: NodeJS.ProcessEnv): Child {
  const child = spawn(process.execPath, ["--import", new URL("./orphan.mjs", import.meta.url).href, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
    env,
  });
  const lines: string[] = [];
  let shown = false;
  const take = (line: string) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    if (shown) process.stdout.write(`${name} | ${line}\n`);
  };
  for (const stream of [child.stdout, child.stderr]) readLines(stream, take);
  child.stdin.on("error", () => undefined); // it has ended; `ended` tells
  const id = identify(child.pid ?? 0) ?? { pid: child.pid ?? 0, started: "" };
  return {
    id,
    ended: howItEnds(child),
    lastLines: () => [...lines],
    show: () => {
      shown = true;
    },
    stop: (grace) => end(id, grace),
  };
}

function readLines(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream }).on("line", (line) => {
    if (line.trim()) take(line);
  });
}

function howItEnds(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
/** One that ran this long has recovered: its next end is a first one again. */
const SOUND_AFTER = 60_000;

export type Kept = { current(): ProcessId; stop(grace: number): Promise<void> };

/** Starts a child again whenever it ends, later each time; `told` hears of every end. `changed` gets the new process. */
export function keepAlive(start: () => Child, told: (text: string) => void, changed: () => void): Kept {
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let wait = FIRST_WAIT;
  let child = watch();

  function watch(): Child {
    const since = Date.now();
    const started = start();
    started.show();
    started.ended.then((how) => {
      if (stopping) return;
      if (Date.now() - since > SOUND_AFTER) wait = FIRST_WAIT;
      told(`ended with ${how}; it starts again in ${wait / 1000} s`);
      timer = setTimeout(() => {
        child = watch();
        changed();
      }, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
    return started;
  }

  return {
    current: () => child.id,
    stop: async (grace) => {
      stopping = true;
      clearTimeout(timer);
      await child.stop(grace);
    },
  };
}
