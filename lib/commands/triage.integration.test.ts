import { beforeEach, describe, expect, test } from "vitest";
import { userActor } from "@/lib/auth/session";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { createTestProject, type TestProject } from "@/lib/db/testing/project";
import { insertTestShifts } from "@/lib/db/testing/shifts";
import { ChangedMeanwhile, Conflict, Forbidden, Invalid, NotFound, Unauthorized } from "@/lib/errors";
import { type Actor, ANONYMOUS } from "@/lib/model/actor";
import { addWorkingDays, dayOf } from "@/lib/model/workingDays";
import { listChanges } from "@/lib/queries/decisions";
import { readShifts } from "@/lib/queries/shifts";
import { readTriage } from "@/lib/queries/triage";
import { addNote, changeNote, removeNote } from "./shiftNotes";
import { BulkTriageBody, TriageBody } from "./triageBodies";
import { triageShift, triageShifts } from "./triageShifts";
import { undoTriage } from "./undoTriage";

testDatabase();

let project: TestProject;
let ada: Actor;
let grace: Actor;
const robot: Actor = { ...ANONYMOUS, kind: "token", name: "token robot", scopes: ["triage"] };

async function person(name: string): Promise<Actor> {
  const email = `${name.toLowerCase()}-${crypto.randomUUID()}@example.org`;
  const made = await row<{ id: number }>(db(), "insert into users (email, name) values ($1, $2) returning id", [
    email,
    name,
  ]);
  return userActor({ id: made?.id ?? 0, email, name, role: "member" });
}

beforeEach(async () => {
  await rows(db(), "delete from users");
  project = await createTestProject();
  await rows(db(), "update projects set repository = 'https://github.com/dask/distributed' where id = $1", [
    project.id,
  ]);
  [ada, grace] = [await person("Ada"), await person("Grace")];
});

const shiftOf = async (rest = {}) => (await insertTestShifts(project, [rest]))[0] ?? 0;
const said = (number: number, actor: Actor = ada) => readTriage(actor, project.slug, number);
const change = (actor: Actor, number: number, body: object) =>
  triageShift(actor, project.slug, number, TriageBody.parse(body));
const bulk = (actor: Actor, body: object) => triageShifts(actor, project.slug, BulkTriageBody.parse(body));
const audited = () =>
  rows<{ actor: string; verb: string; subject: string; detail: { shifts: number[] } }>(
    db(),
    "select actor, verb, subject, detail from audit where project_id = $1 order by id",
    [project.id],
  );

describe("what people say of a shift", () => {
  test("status, reason, owner, due day and links are written with who and when, in history and audit", async () => {
    const number = await shiftOf();
    await change(ada, number, {
      revision: 1,
      status: "investigating",
      reason: "Seen on both clusters.",
      owner: "me",
      link: ["#7280", "https://jira.example/browse/X-1", "#7280"],
    });
    expect(await said(number)).toMatchObject({
      status: "investigating",
      statusReason: "Seen on both clusters.",
      owner: "Ada",
      ownerId: ada.user?.id,
      dueOn: addWorkingDays(dayOf(new Date()), 3),
      issues: ["https://github.com/dask/distributed/issues/7280", "https://jira.example/browse/X-1"],
      revision: 2,
      decidedBy: "Ada",
      statusBy: "Ada",
      historyTotal: 1,
      history: [{ by: "Ada", verb: "triaged", before: { status: "new" }, reason: "Seen on both clusters." }],
    });
    expect(await audited()).toMatchObject([
      { actor: ada.name, verb: "triaged", subject: `shift #${number}`, detail: { shifts: [number] } },
    ]);
  });

  test("what is as wanted already is not written again", async () => {
    const number = await shiftOf();
    await change(ada, number, { revision: 1, owner: "Ada" });
    const again = await change(grace, number, { revision: 2, owner: "Ada" });
    expect(again).toMatchObject({ changed: [], unchanged: 1 });
    expect(await said(number)).toMatchObject({ revision: 2, historyTotal: 1 });
    expect(await audited()).toHaveLength(1);
  });

  test("an owner is a person here or any name; an unknown address of mail is refused, and a token is not 'me'", async () => {
    const number = await shiftOf();
    await change(ada, number, { revision: 1, owner: grace.name.toUpperCase() });
    expect(await said(number)).toMatchObject({ owner: "Grace", ownerId: grace.user?.id });
    await change(ada, number, { revision: 2, owner: "the scheduler team" });
    expect(await said(number)).toMatchObject({ owner: "the scheduler team", ownerId: null });
    await change(ada, number, { revision: 3, owner: { user: grace.user?.id } });
    expect(await said(number)).toMatchObject({ owner: "Grace" });
    await change(ada, number, { revision: 4, owner: null });
    expect(await said(number)).toMatchObject({ owner: null, ownerId: null });
    await expect(change(ada, number, { revision: 5, owner: "x@example.org" })).rejects.toThrow(/Nobody here has/);
    await expect(change(ada, number, { revision: 5, owner: { user: 999_999 } })).rejects.toThrow(Invalid);
    await expect(change(robot, number, { revision: 5, owner: "me" })).rejects.toThrow(Unauthorized);
  });

  test("closing takes the day away, reopening gives the usual one, and a day of one's own is kept", async () => {
    const number = await shiftOf({ change: 0.05 });
    await change(ada, number, { revision: 1, status: "investigating", reason: "Looks real." });
    expect(await said(number)).toMatchObject({ dueOn: addWorkingDays(dayOf(new Date()), 10) });
    await change(ada, number, { revision: 2, due: { workingDays: 1 } });
    await change(ada, number, { revision: 3, status: "new" });
    expect(await said(number)).toMatchObject({ dueOn: addWorkingDays(dayOf(new Date()), 1) });
    await change(ada, number, { revision: 4, status: "fixed", reason: "In #7281." });
    expect(await said(number)).toMatchObject({ dueOn: null });
    await expect(change(ada, number, { revision: 5, due: "2020-01-01" })).rejects.toThrow(/past/);
  });

  test("the settings say after how many working days something is due", async () => {
    const number = await shiftOf();
    await rows(
      db(),
      `insert into settings (project_id, key, value) values ($1, 'dueDays',
         '{"largeFrom": 0.5, "new": {"large": null, "small": null}, "investigating": {"large": 1, "small": 7}}')`,
      [project.id],
    );
    await change(ada, number, { revision: 1, status: "investigating", reason: "Looks real." });
    expect(await said(number)).toMatchObject({ dueOn: addWorkingDays(dayOf(new Date()), 7) });
  });

  test.each([
    [{ status: "fixed" }, "$.reason"],
    [{ acceptedUntil: "2099-01-01", status: "fixed", reason: "x" }, "$.acceptedUntil"],
    [{ reason: "x" }, "$.status"],
    [{}, "$.status"],
    [{ status: "broken", reason: "x" }, "$.status"],
    [{ owner: "" }, "$.owner"],
    [{ due: "soon" }, "$.due"],
    [{ due: { workingDays: 1.5 } }, "$.due"],
    [{ status: "new", reason: "a\0b" }, "$.reason"],
  ])("%j is refused by its form", (body, path) => {
    const parsed = TriageBody.safeParse({ revision: 1, ...body });
    expect(parsed.error?.issues.map((issue) => `$.${String(issue.path[0])}`)).toContain(path);
  });

  test("links go to http(s) only, and short forms need a repository", async () => {
    const number = await shiftOf();
    for (const link of ["javascript:alert(1)", "data:text/html,x", "7280"])
      await expect(change(ada, number, { revision: 1, link: [link] })).rejects.toMatchObject({
        faults: [{ path: "$.link[0]" }],
      });
    await rows(db(), "update projects set repository = null where id = $1", [project.id]);
    await expect(change(ada, number, { revision: 1, link: ["#1"] })).rejects.toThrow(/names no repository/);
  });

  test("whoever may not, may not; what is not there is not found", async () => {
    const number = await shiftOf();
    const reader: Actor = { ...robot, scopes: ["read"] };
    await expect(change(ANONYMOUS, number, { revision: 1, status: "new" })).rejects.toThrow(Unauthorized);
    await expect(change(reader, number, { revision: 1, status: "new" })).rejects.toThrow(Forbidden);
    await expect(change(ada, 999, { revision: 1, owner: "x" })).rejects.toThrow(NotFound);
    await expect(said(999)).rejects.toThrow(NotFound);
    expect(await said(number, reader)).toMatchObject({ may: { triage: false }, people: [] });
  });
});

describe("two people at once", () => {
  test("the second one is told what the first one did, and nothing is written; with the revision of now it is", async () => {
    const number = await shiftOf();
    const outcomes = await Promise.allSettled([
      change(ada, number, { revision: 1, status: "accepted", reason: "Worth it." }),
      change(grace, number, { revision: 1, status: "not real", reason: "A slow cluster." }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = outcomes.find((one) => one.status === "rejected") as PromiseRejectedResult;
    const isAdaFirst = outcomes[0]?.status === "fulfilled";
    expect(refused.reason).toBeInstanceOf(ChangedMeanwhile);
    expect(refused.reason).toMatchObject({
      changed: 1,
      changes: [
        {
          shift: number,
          revision: 2,
          by: isAdaFirst ? "Ada" : "Grace",
          before: { status: "new" },
          after: { status: isAdaFirst ? "accepted" : "not real" },
        },
      ],
    });
    expect(await said(number)).toMatchObject({ status: isAdaFirst ? "accepted" : "not real", historyTotal: 1 });
    await change(grace, number, { revision: 2, status: "fixed", reason: "In #1." });
    expect(await said(number)).toMatchObject({ status: "fixed", revision: 3 });
  });

  test("of many at once, every one is counted and one wins per revision", async () => {
    const number = await shiftOf();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => change(i % 2 ? ada : grace, number, { revision: 1, owner: `team ${i}` })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await said(number)).toMatchObject({ revision: 2, historyTotal: 1 });
  });
});

describe("many at once", () => {
  test("a change of those that are named is one batch, and all or nothing", async () => {
    const [a = 0, b = 0, c = 0] = await insertTestShifts(project, [{}, {}, {}]);
    await change(grace, c, { revision: 1, owner: "Grace" });
    const shifts = [a, b, c].map((number) => ({ number, revision: 1 }));
    const body = { shifts, status: "infrastructure", reason: "The cluster was slow." };
    await expect(bulk(ada, body)).rejects.toMatchObject({ changed: 1, changes: [{ shift: c, by: "Grace" }] });
    expect(await said(a)).toMatchObject({ status: "new" });
    const done = await bulk(ada, { ...body, shifts: shifts.slice(0, 2) });
    expect(done.changed).toEqual([a, b]);
    expect((await listChanges(ada, project.slug, { shift: null, limit: 1 })).items).toMatchObject([
      { batch: done.batch, by: "Ada", shifts: [a, b], total: 2, undoable: 2, undone: 0 },
    ]);
    await expect(bulk(ada, { ...body, shifts: [{ number: 999, revision: 1 }] })).rejects.toMatchObject({
      faults: [{ path: "$.shifts[0].number" }],
    });
  });

  test("everything that matches a filter: the number and what was seen have to hold", async () => {
    await insertTestShifts(project, [...Array(5).fill({ owner: "x" }), {}, {}]);
    const list = () =>
      readShifts(ada, project.slug, { status: "open", owner: "x", sort: "queue", limit: 1, offset: 0 }, "http://t");
    const { total, seen, items } = await list();
    expect([total, seen]).toEqual([5, 0]);
    const body = { filter: { status: "open", owner: "x" }, status: "accepted", reason: "Known." };
    await expect(bulk(ada, { ...body, total: 4, seen })).rejects.toThrow(Conflict);
    await change(grace, items[0]?.number ?? 0, { revision: 1, due: { workingDays: 5 } });
    await expect(bulk(ada, { ...body, total, seen })).rejects.toMatchObject({ changed: 1, changes: [{ by: "Grace" }] });
    const fresh = await list();
    expect((await bulk(ada, { ...body, total: fresh.total, seen: fresh.seen })).changed).toHaveLength(5);
    expect((await list()).total).toBe(0);
  });

  test("1,200 shifts of mixed status: counts, totals and rows agree under every filter, and one batch changes and restores all", async () => {
    const statuses = ["new", "investigating", "accepted", "fixed", "infrastructure", "not real"];
    const states = ["confirmed", "provisional", "recovered", "withdrawn"];
    await insertTestShifts(
      project,
      Array.from({ length: 1200 }, (_, i) => ({
        status: statuses[i % 6],
        state: states[Math.floor(i / 6) % 4],
        direction: i % 7 === 0 ? "improvement" : "regression",
        owner: i % 5 === 0 ? "Ada" : null,
        dueOn: i % 11 === 0 ? "2026-01-01" : null,
      })),
    );
    const filters = [
      {},
      { direction: "improvement" as const },
      { owner: "none" },
      { due: "overdue" as const },
      { state: "confirmed" as const },
    ];
    for (const filter of filters)
      for (const status of ["open", "all", "accepted"] as const) {
        const asked = { status, sort: "queue" as const, ...filter };
        const part = await readShifts(ada, project.slug, { ...asked, limit: 50, offset: 0 }, "http://t");
        const all = await readShifts(ada, project.slug, { ...asked, limit: null, offset: 0 }, "http://t");
        expect(all.items.length, JSON.stringify(asked)).toBe(part.total);
        expect(part.total).toBe(part.counts[status]);
      }
    const before = await rows(db(), "select number, status, owner from shifts where project_id = $1 order by number", [
      project.id,
    ]);
    const { batch, changed, unchanged } = await bulk(ada, {
      filter: { status: "all" },
      total: 1200,
      seen: 0,
      status: "not real",
      reason: "The detector was too keen.",
    });
    expect([changed.length, unchanged]).toEqual([1200, 0]); // those that were not real get the new reason
    const undone = await undoTriage(ada, project.slug, String(batch));
    expect([undone.undone.length, undone.refused]).toEqual([1200, 0]);
    expect(
      await rows(db(), "select number, status, owner from shifts where project_id = $1 order by number", [project.id]),
    ).toEqual(before);
  });
});

describe("undo", () => {
  test("takes back what nothing has changed since, tells the rest, and cannot be done twice", async () => {
    const [a = 0, b = 0, c = 0] = await insertTestShifts(project, [{}, {}, {}]);
    const { batch } = await bulk(ada, {
      shifts: [a, b, c].map((number) => ({ number, revision: 1 })),
      status: "accepted",
      reason: "Worth it.",
    });
    await change(grace, b, { revision: 2, status: "fixed", reason: "In #2." });
    await change(grace, c, { revision: 2, owner: "Grace" }); // another thing: no reason to refuse
    const undone = await undoTriage(ada, project.slug, String(batch));
    expect(undone).toMatchObject({ undone: [a, c], refused: 1, changes: [{ shift: b, by: "Grace" }] });
    expect(await said(a)).toMatchObject({ status: "new", statusReason: null, revision: 3 });
    expect(await said(b)).toMatchObject({ status: "fixed" });
    expect(await said(c)).toMatchObject({ status: "new", owner: "Grace" });
    await expect(undoTriage(ada, project.slug, String(batch))).rejects.toThrow(ChangedMeanwhile); // only b is left of it
    await expect(undoTriage(ada, project.slug, String(undone.batch))).rejects.toThrow(/cannot be undone/);
    await expect(undoTriage(ada, project.slug, "999999")).rejects.toThrow(NotFound);
    await expect(undoTriage(robot, project.slug, String(batch))).rejects.toThrow(ChangedMeanwhile);
    await expect(undoTriage(ANONYMOUS, project.slug, String(batch))).rejects.toThrow(Unauthorized);
    expect((await audited()).map(({ verb }) => verb)).toEqual(["triaged", "triaged", "triaged", "undid"]);
  });

  test("one after the other, back to the beginning", async () => {
    const number = await shiftOf();
    const first = await change(ada, number, { revision: 1, status: "investigating", reason: "Looks real." });
    const second = await change(ada, number, {
      revision: 2,
      status: "accepted",
      reason: "Fine.",
      acceptedUntil: "2099-01-01",
    });
    await expect(undoTriage(ada, project.slug, String(first.batch))).rejects.toThrow(ChangedMeanwhile);
    await undoTriage(ada, project.slug, String(second.batch));
    expect(await said(number)).toMatchObject({ status: "investigating", acceptedUntil: null });
    await undoTriage(grace, project.slug, String(first.batch));
    const now = await said(number);
    expect(now).toMatchObject({
      status: "new",
      statusReason: null,
      dueOn: null,
      decidedBy: "Grace",
      statusBy: "Grace",
    });
    expect(now.history.map(({ verb, mayUndo }) => [verb, mayUndo])).toEqual([
      ["undid", false],
      ["undid", false],
      ["triaged", false],
      ["triaged", false],
    ]);
  });
});

describe("an accepted level", () => {
  test("holds to the end of its day, and then counts as undecided again", async () => {
    const number = await shiftOf();
    await change(ada, number, {
      revision: 1,
      status: "accepted",
      reason: "For this release.",
      acceptedUntil: "2099-03-01",
    });
    expect(await said(number)).toMatchObject({ acceptedUntil: "2099-03-01T23:59:59.999Z", acceptanceOver: false });
    const count = async () =>
      (await readShifts(ada, project.slug, { status: "open", sort: "queue", limit: 1, offset: 0 }, "http://t")).counts;
    expect(await count()).toMatchObject({ open: 0, new: 0, accepted: 1 });
    await rows(db(), "update shifts set accepted_until = now() - interval '1 s' where project_id = $1", [project.id]);
    expect(await count()).toMatchObject({ open: 1, new: 1, accepted: 0 });
    expect(await said(number)).toMatchObject({
      status: "new",
      acceptanceOver: true,
      statusReason: "For this release.",
    });
    await expect(
      change(ada, number, { revision: 2, status: "accepted", reason: "x", acceptedUntil: "2020-01-01" }),
    ).rejects.toThrow(/past/);
    await change(ada, number, { revision: 2, status: "accepted", reason: "For good." });
    expect(await count()).toMatchObject({ open: 0, accepted: 1 });
  });

  test("an end alone goes with what is accepted", async () => {
    const number = await shiftOf();
    await expect(change(ada, number, { revision: 1, acceptedUntil: "2099-01-01", reason: "x" })).rejects.toThrow(
      /not accepted/,
    );
  });
});

describe("notes", () => {
  test("are written, edited and removed by who wrote them; an admin removes any; each write is in the audit", async () => {
    const number = await shiftOf();
    const { id } = await addNote(ada, project.slug, number, { text: "One" });
    const key = String(id);
    await expect(changeNote(grace, project.slug, number, key, { text: "x", revision: 1 })).rejects.toThrow(Forbidden);
    await expect(removeNote(grace, project.slug, number, key, 1)).rejects.toThrow(Forbidden);
    await changeNote(ada, project.slug, number, key, { text: "Two", revision: 1 });
    await expect(changeNote(ada, project.slug, number, key, { text: "x", revision: 1 })).rejects.toMatchObject({
      changes: [{ revision: 2, after: { text: "Two" } }],
    });
    expect((await said(number)).notes).toMatchObject([{ id, text: "Two", writtenBy: "Ada", may: { change: true } }]);
    expect((await said(number, grace)).notes).toMatchObject([{ may: { change: false, remove: false } }]);
    const admin = { ...grace, scopes: ["admin"] as const };
    await removeNote(admin, project.slug, number, key, 2);
    expect((await said(number)).notes).toEqual([]);
    await expect(removeNote(admin, project.slug, number, key, 3)).rejects.toThrow(NotFound);
    await expect(addNote(ada, project.slug, 999, { text: "x" })).rejects.toThrow(NotFound);
    expect((await audited()).map(({ verb }) => verb)).toEqual(["noted", "changed", "removed"]);
    expect(await said(number)).toMatchObject({ revision: 1 }); // a note is nobody's overwritten decision
  });
});
