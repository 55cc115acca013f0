/** Counts what holds, and keeps what does not. */
export class Checks {
  passed = 0;
  readonly faults: string[] = [];

  /** Compares two values as JSON; keys of objects in any order. */
  equal(what: string, found: unknown, wanted: unknown): void {
    const [a, b] = [textOf(found), textOf(wanted)];
    if (a === b) {
      this.passed++;
      return;
    }
    const fault = `${what}: ${a.slice(0, 500)} instead of ${b.slice(0, 500)}`;
    this.faults.push(fault);
    console.log(`FAULT ${fault}`);
  }
}

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? "undefined";
