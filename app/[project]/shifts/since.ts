import { Invalid } from "@/lib/errors";

/** A page whose address names no such release or day shows everything, as an address without it does. */
export async function sinceOrAll<Read>(
  since: string | null,
  read: (since: string | null) => Promise<Read>,
): Promise<{ since: string | null; read: Read }> {
  try {
    return { since, read: await read(since) };
  } catch (error) {
    if (!(error instanceof Invalid) || since === null) throw error;
    return { since: null, read: await read(null) };
  }
}
