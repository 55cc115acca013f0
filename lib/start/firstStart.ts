import { db, row } from "@/lib/db/sql";
import { during } from "./progress.mjs";

const ASK_EVERY = 200;

/** Waits until the worker has analysed all that was stored, or for `milliseconds` at most: it goes on behind the pages. */
export async function awaitAnalysis(milliseconds: number): Promise<void> {
  await during("First analysis", async (progress) => {
    const end = Date.now() + milliseconds;
    for (let pending = await pendingRequests(); pending > 0; pending = await pendingRequests()) {
      if (Date.now() > end) return "goes on behind the pages";
      progress(`${pending} documents to go`);
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
    }
    return "done";
  });
}

async function pendingRequests(): Promise<number> {
  const found = await row<{ pending: number }>(db(), "SELECT count(*) AS pending FROM analysis_requests");
  return found?.pending ?? 0;
}

export async function loadDemoOnce(): Promise<boolean> {
  return false;
}

export async function firstToken(): Promise<string | null> {
  return null;
}
