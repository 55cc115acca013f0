import { expect, test } from "vitest";
import { newProject } from "@/ingest/store/testing/documents";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { Conflict, Forbidden, Invalid, NotFound, Unauthorized } from "@/lib/errors";
import { type Actor, ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import { addWaiver, changeReport, withdrawWaiver } from "./life";
import { readReport } from "./read";
import { refreshDrafts } from "./refresh";
import { analyseAll, commitAt, listCommits, passed, postRuns, stepped, tag } from "./testing/release";

testDatabase();

const ADA: Actor = { ...SYSTEM, kind: "token", name: "ada", scopes: ["triage"] };
const WAIVER = { shift: 1, reason: "the next release makes it optional", owner: "grace", expiresOn: "2199-12-31" };

/** 60 measured commits, a step at 40, tags 1.0 at 30 and 1.1 at 50. */
async function released(): Promise<string> {
  const slug = await newProject();
  await listCommits(slug, 60);
  await postRuns(slug, 0, stepped(60, 40, 10, 12));
  await tag(slug, { "1.0": commitAt(30), "1.1": commitAt(50) });
  await analyseAll(slug);
  return slug;
}

const read = (slug: string, candidate = "1.1", number: number | null = null) =>
  readReport(SYSTEM, slug, { candidate, against: null, number });

test("a draft names what got worse, by how much, and that nobody has decided", async () => {
  const report = await read(await released());
  expect(report.state).toBe("draft");
  expect(report.figures.baseline?.name).toBe("1.0");
  expect(report.decided.verdict.text).toBe("not ready: 1 undecided regression");
  const row = report.figures.rows.find(({ workload }) => workload === "join");
  expect(row).toMatchObject({ verdict: "regression", steps: [{ shift: 1, direction: "regression" }] });
  expect(row?.change).toBeCloseTo(0.2, 2);
  expect(row?.candidate?.own?.runs).toBe(1);
  expect(report.figures.rows.find(({ workload }) => workload === "steady")?.verdict).toBe("unchanged");
});

test("frozen numbers do not move after 50 more runs; what is different now stands beside them", async () => {
  const slug = await released();
  await changeReport(ADA, slug, { candidate: "1.1", revision: 0, state: "frozen" });
  const frozen = await read(slug);
  await listCommits(slug, 110);
  // The new runs say that it was twice as bad all the time since 40: a second run of old commits, and newer ones.
  await postRuns(
    slug,
    41,
    Array.from({ length: 15 }, () => [passed("join", 14), passed("steady", 5)]),
    { key: "again" },
  );
  await postRuns(
    slug,
    60,
    Array.from({ length: 35 }, (_, i) => [passed("join", 14 + (i % 3) / 50), passed("steady", 5)]),
  );
  await analyseAll(slug);
  const later = await read(slug);
  expect(later.figures).toEqual(frozen.figures);
  expect(later.state).toBe("frozen");
  expect(later.since?.map(({ text }) => text).join("\n")).toMatch(/duration of join in vm: regression/);
});

test("a sign-off waits for every undecided regression, tells which, and takes a waiver for it", async () => {
  const slug = await released();
  await expect(changeReport(ADA, slug, { candidate: "1.1", revision: 0, state: "signed" })).rejects.toThrow(
    /Freeze it first/,
  );
  await changeReport(ADA, slug, { candidate: "1.1", revision: 0, state: "frozen" });
  const refused = await changeReport(ADA, slug, { candidate: "1.1", revision: 1, state: "signed" }).catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(Conflict);
  expect((refused as Conflict).faults).toMatchObject([{ path: "shift 1" }]);
  await addWaiver(ADA, slug, { candidate: "1.1", revision: 1, ...WAIVER });
  expect((await read(slug)).decided.verdict.text).toBe("ready with 1 waiver");
  await changeReport(ADA, slug, { candidate: "1.1", revision: 2, state: "signed", reason: "agreed" });
  const signed = await read(slug);
  expect(signed).toMatchObject({ state: "signed", decidedBy: "ada", reason: "agreed" });
  expect(signed.history.map(({ verb }) => verb)).toEqual(["signed off", "waived", "froze"]);
});

test("what was decided stays with a signed report: later decisions are told beside it", async () => {
  const slug = await released();
  await changeReport(ADA, slug, { candidate: "1.1", revision: 0, state: "frozen" });
  await addWaiver(ADA, slug, { candidate: "1.1", revision: 1, ...WAIVER });
  await changeReport(ADA, slug, { candidate: "1.1", revision: 2, state: "signed" });
  await rows(
    db(),
    "UPDATE shifts SET status = 'not real' WHERE project_id = (SELECT id FROM projects WHERE slug = $1)",
    [slug],
  );
  const signed = await read(slug);
  expect(signed.decided.verdict.text).toBe("ready with 1 waiver");
  expect(signed.since).toEqual([{ kind: "decision", text: "#1 is not real now; it was new" }]);
  await expect(addWaiver(ADA, slug, { candidate: "1.1", revision: 3, ...WAIVER })).rejects.toThrow(
    /what was decided stays/,
  );
});

test("a waiver that is withdrawn, or whose last day is over, blocks again", async () => {
  const slug = await released();
  await addWaiver(ADA, slug, { candidate: "1.1", revision: 0, ...WAIVER });
  const [waiver] = (await read(slug)).decided.waivers;
  await rows(db(), "UPDATE waivers SET expires_on = '2020-01-01' WHERE id = $1", [waiver?.id]);
  expect((await read(slug)).decided.verdict.word).toBe("not ready");
  await rows(db(), "UPDATE waivers SET expires_on = '2199-01-01' WHERE id = $1", [waiver?.id]);
  await withdrawWaiver(ADA, slug, String(waiver?.id), 1);
  const report = await read(slug);
  expect(report.decided.verdict.word).toBe("not ready");
  expect(report.decisions.waivers).toMatchObject([{ withdrawnBy: "ada" }]);
  await expect(withdrawWaiver(ADA, slug, String(waiver?.id), 2)).rejects.toThrow(NotFound);
});

test("two people at once: the second one is told that the report has changed", async () => {
  const slug = await released();
  const writes = await Promise.allSettled([
    addWaiver(ADA, slug, { candidate: "1.1", revision: 0, ...WAIVER }),
    changeReport(ADA, slug, { candidate: "1.1", revision: 0, state: "frozen" }),
  ]);
  expect(writes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = writes.find((one) => one.status === "rejected");
  expect(refused?.reason).toBeInstanceOf(Conflict);
  expect(String(refused?.reason.message)).toContain("it is at revision 1, you saw 0");
});

test("a tag that moves leaves the frozen report with its commit, and a new draft looks at the new one", async () => {
  const slug = await released();
  await changeReport(ADA, slug, { candidate: "1.1", revision: 0, state: "frozen" });
  await tag(slug, { "1.1": commitAt(55) });
  const frozen = await read(slug);
  expect(frozen.figures.candidate.sha).toBe(commitAt(50));
  expect(frozen.since?.[0]?.text).toMatch(/^1\.1 names .+ now; it named /);
  await changeReport(ADA, slug, { candidate: "1.1", revision: 1, state: "draft" });
  const draft = await read(slug);
  expect(draft).toMatchObject({ number: 2, state: "draft", numbers: 2 });
  expect(draft.figures.candidate.sha).toBe(commitAt(55));
  expect((await read(slug, "1.1", 1)).state).toBe("frozen");
  await expect(read(slug, "1.1", 3)).rejects.toThrow(NotFound);
});

test("a followed draft keeps what changed from one analysis to the next", async () => {
  const slug = await newProject();
  await listCommits(slug, 60);
  await postRuns(slug, 0, stepped(42, 40, 10, 12));
  await tag(slug, { "1.0": commitAt(30) });
  await analyseAll(slug);
  await changeReport(ADA, slug, { candidate: "branch:main", revision: 0, state: "draft" });
  const project = await row<{ id: number }>(db(), "SELECT id FROM projects WHERE slug = $1", [slug]);
  await refreshDrafts(project?.id ?? 0);
  await postRuns(slug, 42, stepped(60, 40, 10, 12).slice(42));
  await analyseAll(slug);
  await refreshDrafts(project?.id ?? 0);
  const { changes } = await read(slug, "branch:main");
  expect(changes).toHaveLength(1);
  expect(changes[0]?.changes.map(({ text }) => text).join("\n")).toMatch(/join/);
});

test("a rejected release is no baseline of later ones", async () => {
  const slug = await released();
  await changeReport(ADA, slug, { candidate: "1.1", revision: 0, state: "frozen" });
  await changeReport(ADA, slug, { candidate: "1.1", revision: 1, state: "rejected", reason: "too slow" });
  expect((await read(slug, "branch:main")).figures.baseline?.name).toBe("1.0");
});

test("deciding needs the scope triage, a candidate that exists, and a day that is not over", async () => {
  const slug = await released();
  const freeze = { candidate: "1.1", revision: 0, state: "frozen" } as const;
  await expect(changeReport(ANONYMOUS, slug, freeze)).rejects.toThrow(Unauthorized);
  await expect(changeReport({ ...ADA, scopes: ["read"] }, slug, freeze)).rejects.toThrow(Forbidden);
  await expect(changeReport(ADA, slug, { ...freeze, candidate: "9.9" })).rejects.toThrow(NotFound);
  const over = { candidate: "1.1", revision: 0, ...WAIVER, expiresOn: "2020-01-01" };
  await expect(addWaiver(ADA, slug, over)).rejects.toThrow(Invalid);
  await expect(addWaiver(ADA, slug, { ...over, ...WAIVER, shift: 99 })).rejects.toThrow(/no shift #99/);
});
