import { recordAudit } from "@/lib/auth/recordAudit";
import { createToken } from "@/lib/commands/createToken";
import { db, row, rows, transaction } from "@/lib/db/sql";
import { SYSTEM } from "@/lib/model/actor";
import { DEMO, loadDemo } from "./demo";
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

const LOADED = { verb: "loaded", subject: `project ${DEMO.slug}` };

/** True for a database that never had a project, and while the demo of one is loaded in part only. */
async function wantsDemo(): Promise<boolean> {
  const found = await row<{ wanted: boolean }>(
    db(),
    `SELECT NOT is_called OR (
       EXISTS (SELECT FROM projects WHERE slug = $1)
       AND EXISTS (SELECT FROM audit WHERE actor = $2 AND verb = 'created' AND subject = $4)
       AND NOT EXISTS (SELECT FROM audit WHERE actor = $2 AND verb = $3 AND subject = $4)
     ) AS wanted FROM projects_id_seq`,
    [DEMO.slug, SYSTEM.name, LOADED.verb, LOADED.subject],
  );
  return found?.wanted ?? false;
}

/**
 * Loads the demo project into a database that has none yet. One whose load was cut short is completed; one that people
 * have deleted does not come back. True: something was loaded.
 */
export async function loadDemoOnce(): Promise<boolean> {
  if (!(await wantsDemo())) return false;
  await during("Demo project", async (progress) => {
    const { runs } = await loadDemo({ onProgress: (done, total) => progress(`${done} of ${total} runs`) });
    await rows(db(), "ANALYZE"); // the planner must not take these tables for empty until autovacuum comes by
    await transaction((tx) => recordAudit(tx, { projectId: null, actor: SYSTEM, ...LOADED }));
    return `${runs} runs stored`;
  });
  return true;
}

/** The secret of a new admin token, if there is no valid one; else null. It can be told here only. */
export async function firstToken(): Promise<string | null> {
  const known = await row(
    db(),
    "SELECT id FROM tokens WHERE project_id IS NULL AND 'admin' = ANY (scopes) AND revoked_at IS NULL LIMIT 1",
  );
  if (known) return null;
  const { secret } = await createToken(SYSTEM, null, { name: "first admin", scopes: ["admin"], defaultBranch: true });
  return secret;
}
