import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process as it can be recognised later: numbers are given again, so its start time belongs to it. */
export type ProcessId = { pid: number; started: string };

function ask(command: string, args: string[]): string | null {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() || null;
  } catch {
    return null;
  }
}

/** The fields of /proc/PID/stat that follow the name, which may hold spaces and brackets itself. */
function linuxStat(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/** When the process started, in the words of the system; null: there is none, or it has ended (a zombie). */
export function startOf(pid: number): string | null {
  if (process.platform === "linux") {
    const fields = linuxStat(pid);
    return !fields || fields[0] === "Z" ? null : (fields[19] ?? null);
  }
  if (process.platform === "win32")
    return ask("powershell", ["-NoProfile", "-Command", `(Get-Process -Id ${pid}).StartTime.Ticks`]);
  return ask("ps", ["-o", "lstart=", "-p", String(pid)]);
}

/** Name of the program that the process runs, without its folder; null: there is no such process. */
export function programOf(pid: number): string | null {
  if (startOf(pid) === null) return null;
  if (process.platform === "win32")
    return ask("powershell", ["-NoProfile", "-Command", `(Get-Process -Id ${pid}).ProcessName`]);
  return ask("ps", ["-o", "comm=", "-p", String(pid)])?.replace(/^.*\//, "") ?? linuxName(pid);
}

function linuxName(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return null;
  }
}

/** The process as it can be recognised later; null when it has ended already. */
export function identify(pid: number): ProcessId | null {
  const started = startOf(pid);
  return started === null ? null : { pid, started };
}

/** Is it still this very process? */
export const isAlive = (id: ProcessId): boolean => startOf(id.pid) === id.started;

/** Resolves as soon as `done()` is true, or with false after `milliseconds`. */
export async function until(done: () => boolean, milliseconds: number, every = 25): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (!done()) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  return true;
}

/** Sends a signal; a process that is gone already is no fault. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Ends a process by SIGTERM (or `name`), after `grace` milliseconds by SIGKILL. Resolves when it is gone. */
export async function end(id: ProcessId, grace: number, name: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (!isAlive(id)) return;
  signal(id.pid, name);
  if (await until(() => !isAlive(id), grace)) return;
  signal(id.pid, "SIGKILL");
  await until(() => !isAlive(id), 2_000);
}
