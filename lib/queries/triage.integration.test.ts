import { beforeEach, describe, expect, test } from "vitest";
import { analyse } from "@/lib/analysis";
import { around, post, shiftsOf } from "@/lib/analysis/testing/history";
import { removeFilter, saveFilter } from "@/lib/commands/savedFilters";
import { addNote } from "@/lib/commands/shiftNotes";
import { TriageBody } from "@/lib/commands/triageBodies";
import { triageShift } from "@/lib/commands/triageShifts";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, type TestProject } from "@/lib/db/testing/project";
import { insertTestShifts } from "@/lib/db/testing/shifts";
import { Conflict, Invalid, NotFound, Unauthorized } from "@/lib/errors";
import { type Actor, ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import { readAccepted } from "./accepted";
import { readQuality } from "./quality";
import { listSavedFilters } from "./savedFilters";
import { readShifts } from "./shifts";
import { readTriage } from "./triage";

testDatabase();

const ada: Actor = { ...SYSTEM, kind: "token", name: "token ada", scopes: ["triage"] };
let project: TestProject;

beforeEach(async () => {
  project = await createTestProject();
});

const change = (number: number, body: object) => triageShift(ada, project.slug, number, TriageBody.parse(body));
const accepted = (since: string | null, rest = {}) =>
  readAccepted(ada, project.slug, { since, limit: 50, ...rest }, "https://perf.example");

describe("through re-analysis", () => {
  test("what people decided stays when the shift is narrowed, grows, is analysed anew as a whole, and is withdrawn", async () => {
    const commits = await appendCommits(project, 80);
    const even = commits.filter((_, i) => i % 4 === 0);
    await post(project, even, [...around(10, 10), ...around(12, 10)]);
    await analyse(project.id);
    const [shift] = await shiftsOf(project);
    const number = shift?.number ?? 0;
    await change(number, {
      revision: 1,
      status: "accepted",
      reason: "Worth it.",
      acceptedUntil: "2099-01-01",
      owner: "Scheduler team",
      due: "2098-12-01",
      link: ["https://example.org/1"],
    });
    await addNote(ada, project.slug, number, { text: "Seen." });
    const decided = await readTriage(ada, project.slug, number);
    for (const [place, value] of [
      [38, 10],
      [42, 12],
    ] as const) {
      await post(project, [commits[place] ?? 0], [[value]]);
      await analyse(project.id);
    }
    await rows(db(), "insert into analysis_requests (project_id, series, everything) values ($1, '{}', true)", [
      project.id,
    ]);
    await analyse(project.id);
    expect((await shiftsOf(project))[0]?.number).toBe(number);
    expect(await readTriage(ada, project.slug, number)).toEqual(decided);
    await rows(db(), "update points set median = 10, lo = 10, hi = 10, samples = '{10}' where project_id = $1", [
      project.id,
    ]);
    await rows(db(), "insert into analysis_requests (project_id, series, everything) values ($1, '{}', true)", [
      project.id,
    ]);
    await analyse(project.id);
    expect((await shiftsOf(project))[0]).toMatchObject({ number, state: "withdrawn", status: "accepted" });
    expect(await readTriage(ada, project.slug, number)).toEqual(decided);
  });
});

describe("what was accepted", () => {
  test("is listed since a release or a day, in parts, with what is over, by the newest acceptance", async () => {
    const numbers = await insertTestShifts(project, [{}, {}, { status: "fixed" }, {}]);
    const [a = 0, b = 0, , d = 0] = numbers;
    await rows(
      db(),
      `insert into releases (project_id, tag, commit_id, released_at)
       select $1, '2026.9.0', max(id), '2026-09-01' from commits where project_id = $1`,
      [project.id],
    );
    for (const number of [a, b, d]) await change(number, { revision: 1, status: "accepted", reason: `Why ${number}` });
    await rows(db(), "update decisions set at = '2026-08-01' where project_id = $1 and shift_number = $2", [
      project.id,
      a,
    ]);
    await rows(
      db(),
      "update shifts set accepted_until = now() - interval '1 s' where project_id = $1 and number = $2",
      [project.id, b],
    );
    const all = await accepted(null);
    expect([all.total, all.over, all.items.map((item) => [item.number, item.over])]).toEqual([
      3,
      1,
      [
        [d, false],
        [b, true],
        [a, false],
      ],
    ]);
    expect(all.items[0]).toMatchObject({
      reason: `Why ${d}`,
      acceptedBy: "token ada",
      url: `https://perf.example/${project.slug}/shifts/${d}`,
    });
    expect((await accepted("release:2026.9.0")).items.map(({ number }) => number)).toEqual([d, b]);
    expect((await accepted("2026-07-31")).total).toBe(3);
    expect((await accepted("2099-01-01")).items).toEqual([]);
    const part = await accepted(null, { limit: 2 });
    const rest = await accepted(null, { limit: 2, cursor: part.next ?? undefined });
    expect([...part.items, ...rest.items].map(({ number }) => number)).toEqual([d, b, a]);
    expect(rest.next).toBeNull();
  });

  test.each(["release:none", "yesterday", "2026-13-01", "2026-01-01T00:00:00"])(
    "since %s is refused",
    async (since) => {
      await expect(accepted(since)).rejects.toThrow(Invalid);
    },
  );
});

describe("how good the alerts are", () => {
  test("counts what was told and decided, and when somebody first acted", async () => {
    const [a = 0, b = 0] = await insertTestShifts(project, [
      { workload: "sum", metric: "duration" },
      { workload: "sum", metric: "peak_memory" },
      { workload: "mean", status: "accepted" },
      { workload: "mean", status: "not real", state: "withdrawn" },
      { workload: "mean", status: "new", state: "provisional" },
    ]);
    await change(a, { revision: 1, status: "fixed", reason: "In #1." });
    await rows(db(), "update decisions set at = '2026-11-02' where project_id = $1", [project.id]);
    await addNote(ada, project.slug, b, { text: "Looking." });
    await rows(db(), "update shift_notes set written_at = '2026-11-04' where project_id = $1", [project.id]);
    const { all, groups, totals } = await readQuality(ada, project.slug, { since: null });
    expect(all).toMatchObject({
      shifts: 4,
      decided: 3,
      fixed: 1,
      accepted: 1,
      notReal: 1,
      acted: 2,
      verdict: "few",
      real: null,
    });
    expect(all.firstActionSeconds).toBe(2 * 86_400);
    expect(totals).toEqual({ metric: 2, workload: 2, detector: 1 });
    expect(groups.find(({ by, name }) => by === "workload" && name === "sum")).toMatchObject({
      shifts: 2,
      decided: 1,
      fixed: 1,
    });
    expect(groups.find(({ by }) => by === "detector")).toMatchObject({ shifts: 4 });
    const some = await readQuality(ada, project.slug, { since: "2099-01-01", by: "metric" });
    expect([some.all.shifts, some.groups]).toEqual([0, []]);
  });
});

describe("the queue", () => {
  test("goes by cost and certainty: what costs nothing comes after, what is closed last", async () => {
    const [cheap = 0, dear = 0, closed = 0, better = 0] = await insertTestShifts(project, [
      { change: 0.1, costSeconds: 1 },
      { change: 0.05, costSeconds: 30 },
      { change: 3, costSeconds: 500, status: "fixed" },
      { change: -0.3, costSeconds: -3, direction: "improvement" },
    ]);
    await post(project, (await appendCommits(project, 3)).slice(0, 3), around(10, 3)); // runs say how far a shift reaches
    await rows(
      db(),
      `insert into lines (project_id, branch_id, case_id, metric_id, environment_id, outliers, open)
       values ($1, $2, $3, $4, $5, '{}', '{}')`,
      [project.id, project.branchId, project.caseId, project.metricId, project.environmentId],
    );
    await rows(
      db(),
      `insert into changepoints (project_id, line_id, series_id, commit_id, last_good_commit_id, first_shifted_commit_id,
         direction, state, before, after, change, difference, p, points_before, points_after, shift_number)
       select $1, l.id, x.id, s.first_shifted_commit_id, s.last_good_commit_id, s.first_shifted_commit_id, 'regression',
         'confirmed', 10, 12, 0.2, 2, 0.0001, 20, 20, s.number
       from shifts s, lines l, series x where s.project_id = $1 and l.project_id = $1 and x.project_id = $1`,
      [project.id],
    );
    const { items } = await readShifts(
      ada,
      project.slug,
      { status: "all", sort: "queue", limit: 9, offset: 0 },
      "http://t",
    );
    expect(items.map(({ number }) => number)).toEqual([dear, cheap, better, closed]);
  });

  test("filters by prefix, owner, release and day narrow it, and what is typed is no SQL", async () => {
    await insertTestShifts(project, [{ owner: "Ada" }, { dueOn: "2026-01-01" }, {}]);
    const count = async (filter: object) =>
      (
        await readShifts(
          ada,
          project.slug,
          { status: "all", sort: "queue", limit: 9, offset: 0, ...filter },
          "http://t",
        )
      ).total;
    expect(await count({ owner: "Ada" })).toBe(1);
    expect(await count({ owner: "none" })).toBe(2);
    expect(await count({ owner: "me" })).toBe(0); // a token is nobody
    expect(await count({ due: "overdue" })).toBe(1);
    expect(await count({ due: "none" })).toBe(2);
    expect(await count({ release: "none" })).toBe(3);
    expect(await count({ prefix: "w%" })).toBe(0);
    expect(await count({ owner: "'; drop table shifts; --", filter: "\0" })).toBe(0);
  });
});

describe("saved filters", () => {
  test("are kept under a name, once, as the list's own address, and removed", async () => {
    const saved = await saveFilter(ada, project.slug, {
      name: "Mine",
      query: "owner=me&due=overdue&page=3&x=<script>",
    });
    expect(saved.query).toBe("?owner=me&due=overdue");
    await expect(saveFilter(ada, project.slug, { name: "Mine", query: "" })).rejects.toThrow(Conflict);
    await expect(saveFilter(ANONYMOUS, project.slug, { name: "x", query: "" })).rejects.toThrow(Unauthorized);
    expect((await listSavedFilters(ANONYMOUS, project.slug)).items).toMatchObject([
      { name: "Mine", href: `/${project.slug}/shifts?owner=me&due=overdue`, createdBy: "token ada" },
    ]);
    await removeFilter(ada, project.slug, String(saved.id));
    await expect(removeFilter(ada, project.slug, String(saved.id))).rejects.toThrow(NotFound);
    expect((await listSavedFilters(ada, project.slug)).total).toBe(0);
    const audited = await rows<{ verb: string }>(db(), "select verb from audit where project_id = $1 order by id", [
      project.id,
    ]);
    expect(audited.map(({ verb }) => verb)).toEqual(["saved", "removed"]);
  });
});
