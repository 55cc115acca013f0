/** Something that keeps Tidemark from starting. The text is one sentence that names the fault and the way out. */
export class CannotStart extends Error {}

/** The text of anything that was thrown, for the end of a sentence. */
export function reason(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return reason(thrown.errors[0]);
  return thrown instanceof Error ? thrown.message : String(thrown);
}
