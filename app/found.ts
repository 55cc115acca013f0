import { notFound } from "next/navigation";
import { NotFound } from "@/lib/errors";

/** Awaits a read; what does not exist (or may not be seen) is the page 404. Await it before any Suspense. */
export async function orNotFound<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NotFound) notFound();
    throw error;
  }
}

/** A part of the path as it was sent: Next hands it over escaped. What cannot be decoded names nothing. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    notFound();
  }
}
