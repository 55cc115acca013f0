/**
 * "12-worker-cpu": the number decides, the words are decoration, so any name works and a rename breaks no link.
 * Names without a Latin letter or digit give the number alone.
 */
export function numbered(number: number, name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  return words ? `${number}-${words}` : String(number);
}

/** The number in front; null when there is none. */
export function numberOf(part: string): number | null {
  const digits = /^(\d{1,9})(?:-.*)?$/s.exec(part)?.[1];
  return digits === undefined ? null : Number(digits);
}
