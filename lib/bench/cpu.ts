import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Clock ticks of /proc are hundredths of a second. */
const TICK_MILLISECONDS = 10;

type Stat = { parent: number; ticks: number; childTicks: number };

function statOf(pid: string | number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [, parent = 0] = fields;
    return { parent, ticks: (fields[11] ?? 0) + (fields[12] ?? 0), childTicks: (fields[13] ?? 0) + (fields[14] ?? 0) };
  } catch {
    return null; // it has ended meanwhile
  }
}

/** Milliseconds of processor time that a process has used so far. Linux only: 0 elsewhere. */
export const cpuOf = (pid: number): number => (statOf(pid)?.ticks ?? 0) * TICK_MILLISECONDS;

/** The same for a process and its children, those that have ended included. */
export function cpuOfTree(pid: number): number {
  const own = statOf(pid);
  if (!own || !existsSync("/proc")) return 0;
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const children = all.map(statOf).filter((stat) => stat?.parent === pid);
  return (own.ticks + own.childTicks + children.reduce((sum, stat) => sum + (stat?.ticks ?? 0), 0)) * TICK_MILLISECONDS;
}
