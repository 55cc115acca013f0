import { expect } from "vitest";
import type { TidemarkError } from "@/lib/errors";
import { SYSTEM } from "@/lib/model/actor";
import { storeRuns } from "../storeRuns";
import { countRows } from "./documents";

/** Stores what was sent, as the system. */
export const store = (slug: string, sent: unknown, dryRun = false) => storeRuns(SYSTEM, slug, sent, { dryRun });

/** Why it is refused; fails where it is stored, or where the refused document leaves a trace. */
export async function refusal(slug: string, sent: unknown): Promise<TidemarkError> {
  const before = await countRows();
  const error = await store(slug, sent).then(
    () => Promise.reject(new Error("was stored")),
    (thrown: TidemarkError) => thrown,
  );
  expect(await countRows(), "a refused document leaves no trace").toEqual(before);
  return error;
}

/** JSON paths of its faults. */
export const paths = (error: TidemarkError): string[] => error.faults.map(({ path }) => path);
