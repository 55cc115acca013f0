import { cookies } from "next/headers";
import { look, lookedCookie, parseVisits } from "@/components/overview/visits";

/** When the reader's visit of the project before this one ended, as an ISO time; null: this is the first, or not known. */
export async function readLooked(project: string): Promise<string | null> {
  const known = parseVisits((await cookies()).get(lookedCookie(project))?.value);
  const before = known && look(known, Date.now()).before;
  return before === null ? null : new Date(before).toISOString();
}
