import { describe, expect, test } from "vitest";
import { correct, removeCorrection } from "@/lib/commands/corrections";
import { addEvent, changeEvent, removeEvent } from "@/lib/commands/events";
import { exclude, restore } from "@/lib/commands/exclusions";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, type TestProject } from "@/lib/db/testing/project";
import { Conflict, Forbidden, Invalid, NotFound } from "@/lib/errors";
import { type Actor, SYSTEM } from "@/lib/model/actor";
import { listCorrections, listExclusions } from "@/lib/queries/corrections";
import { listEvents, readEvent } from "@/lib/queries/events";
import { readSeries } from "@/lib/queries/series";
import { analyse } from "./analyse";
import { around, post, request, shiftsOf } from "./testing/history";

testDatabase();

const STEP = [...around(10, 20), ...around(12, 20)];
const NAMES = { workload: "work", metric: "duration", environment: "cluster" };
const ASKED = { ...NAMES, params: null, branch: null, from: null, to: null, samples: false, thin: null };
const PAGE = { all: "0" as const, limit: 100 };
const EVENTS = { environment: null, workload: null, metric: null, border: null, filter: null, limit: 100 };

async function measuredProject(
  values: number[][],
): Promise<{ project: TestProject; commits: number[]; shas: string[]; series: number }> {
  const project = await createTestProject();
  const commits = await appendCommits(project, values.length);
  const series = await post(project, commits, values);
  await analyse(project.id);
  const found = await rows<{ id: number; sha: string }>(db(), "SELECT id, sha FROM commits WHERE project_id = $1", [
    project.id,
  ]);
  const shas = commits.map((id) => found.find((one) => one.id === id)?.sha ?? "");
  return { project, commits, shas, series };
}

const read = (project: TestProject) => readSeries(SYSTEM, project.slug, ASKED);
const audited = async (project: TestProject) =>
  (await rows<{ verb: string }>(db(), "SELECT verb FROM audit WHERE project_id = $1 ORDER BY id", [project.id])).map(
    ({ verb }) => verb,
  );

describe("events", () => {
  test("a border at the step ends the shift, is told as the break of the line, and its removal brings the shift back", async () => {
    const { project, shas } = await measuredProject(STEP);
    expect(await shiftsOf(project)).toMatchObject([{ state: "confirmed" }]);
    const { id } = await addEvent(SYSTEM, project.slug, { text: "New VM type", commit: shas[20] ?? "", border: true });
    await analyse(project.id);
    expect(await shiftsOf(project)).toMatchObject([{ state: "withdrawn" }]);
    const series = await read(project);
    expect(series.breaks).toEqual([{ sha: shas[20], position: 20, why: "event", text: "New VM type" }]);
    expect([series.points[19]?.track, series.points[20]?.track]).toEqual([0, 1]);
    expect(series.segments.map(({ track, points }) => [track, points])).toEqual([
      [0, 20],
      [1, 20],
    ]);
    await removeEvent(SYSTEM, project.slug, String(id));
    await analyse(project.id);
    expect(await shiftsOf(project)).toMatchObject([{ state: "confirmed", lastGood: 19, firstShifted: 20 }]);
    expect(await audited(project)).toEqual(["created", "removed"]);
  });

  test("a border of a time lies at the first commit made since; one of another workload or metric concerns nobody else", async () => {
    const { project } = await measuredProject(STEP);
    const at = "2026-01-01T19:30:00Z"; // commit 20 was made at 20:00
    const { id, projectId } = await addEvent(SYSTEM, project.slug, {
      text: "Data set",
      at,
      border: true,
      metric: "duration",
    });
    await analyse(project.id);
    expect(await readEvent(projectId, id)).toMatchObject({ commit: null, position: 20, metric: "duration" });
    expect(await shiftsOf(project)).toMatchObject([{ state: "withdrawn" }]);
    await rows(db(), "INSERT INTO workloads (project_id, number, name) VALUES ($1, 2, 'other')", [project.id]);
    await changeEvent(SYSTEM, project.slug, String(id), { workload: "other" });
    await analyse(project.id);
    expect(await shiftsOf(project)).toMatchObject([{ state: "confirmed" }]);
  });

  test("a note that is no border asks for no analysis; lists are filtered by what an event concerns", async () => {
    const { project, shas } = await measuredProject(STEP);
    await addEvent(SYSTEM, project.slug, { text: "A note", commit: shas[3] ?? "", border: false });
    await addEvent(SYSTEM, project.slug, {
      text: "Cluster moved",
      commit: shas[5] ?? "",
      border: false,
      environment: "cluster",
    });
    expect(await analyse(project.id)).toBeNull();
    const texts = async (asked: object) =>
      (await listEvents(SYSTEM, project.slug, { ...EVENTS, ...asked })).items.map(({ text }) => text);
    expect(await texts({ environment: "elsewhere" })).toEqual(["A note"]);
    expect(await texts({ filter: "moved" })).toEqual(["Cluster moved"]);
    expect(await texts({ border: "1" })).toEqual([]);
    expect((await listEvents(SYSTEM, project.slug, { ...EVENTS, limit: 1 })).total).toBe(2);
  });

  test("names that do not exist are told with the way out; a whole commit id may be unknown", async () => {
    const { project } = await measuredProject(STEP);
    const add = (more: object) => addEvent(SYSTEM, project.slug, { text: "x", border: false, ...more });
    await expect(add({ commit: "abcdef0" })).rejects.toThrow(Invalid);
    await expect(add({ commit: "a".repeat(40), environment: "nowhere" })).rejects.toThrow("There are: cluster.");
    await expect(removeEvent(SYSTEM, project.slug, "77")).rejects.toThrow(NotFound);
    await expect(add({ commit: "a".repeat(40) })).resolves.toMatchObject({ id: expect.any(Number) });
    const reader: Actor = { ...SYSTEM, kind: "token", name: "token r", scopes: ["read"] };
    await expect(
      addEvent(reader, project.slug, { text: "x", at: "2026-01-01T00:00:00Z", border: false }),
    ).rejects.toThrow(Forbidden);
  });
});

describe("exclusions", () => {
  test("a run and a point are taken out with a reason, once, kept through analysis, and brought back", async () => {
    const { project, shas, series } = await measuredProject(STEP);
    const key =
      (await row<{ key: string }>(db(), "SELECT key FROM runs WHERE project_id = $1 ORDER BY id LIMIT 1", [project.id]))
        ?.key ?? "";
    const run = await exclude(SYSTEM, project.slug, { run: key, reason: "Another job ran." });
    expect(run.created).toBe(1);
    expect(await exclude(SYSTEM, project.slug, { run: key, reason: "Again." })).toMatchObject({
      created: 0,
      ids: run.ids,
    });
    const point = await exclude(SYSTEM, project.slug, { ...NAMES, commit: shas[30], reason: "A spike." });
    await analyse(project.id);
    const positions = async () => (await read(project)).points.map(({ position }) => position);
    expect(await positions()).not.toContain(0);
    expect(await positions()).not.toContain(30);
    const points = async () =>
      (await row<{ points: number }>(db(), "SELECT points FROM lines WHERE project_id = $1", [project.id]))?.points;
    expect(await points()).toBe(38);
    await request(project, [series], true);
    await analyse(project.id);
    expect(await points()).toBe(38);
    expect((await listExclusions(SYSTEM, project.slug, PAGE)).items).toMatchObject([
      { workload: "work", metric: "duration", commit: shas[30], reason: "A spike.", restoredAt: null },
      { run: key, workload: null, reason: "Another job ran." },
    ]);
    for (const id of [...run.ids, ...point.ids, ...point.ids]) await restore(SYSTEM, project.slug, String(id));
    await analyse(project.id);
    expect(await points()).toBe(40);
    expect((await listExclusions(SYSTEM, project.slug, PAGE)).total).toBe(0);
    expect(await audited(project)).toEqual(["excluded", "excluded", "restored", "restored"]);
  });

  test("what does not exist is refused with the field that names it", async () => {
    const { project, shas } = await measuredProject(STEP);
    await expect(exclude(SYSTEM, project.slug, { run: "none", reason: "x" })).rejects.toThrow("There is no run none.");
    await expect(
      exclude(SYSTEM, project.slug, { ...NAMES, metric: "memory", commit: shas[1], reason: "x" }),
    ).rejects.toThrow(Invalid);
    await expect(restore(SYSTEM, project.slug, "9")).rejects.toThrow(NotFound);
    await expect(restore(SYSTEM, project.slug, "x")).rejects.toThrow(NotFound);
  });
});

describe("marks and moves", () => {
  const mark = (project: TestProject, commit: string, more: object = {}) =>
    correct(SYSTEM, project.slug, { ...NAMES, commit, reason: "Seen by eye.", ...more });

  test("a missed shift that is marked becomes a member of a shift, by hand, until the mark is removed", async () => {
    const { project, shas, series } = await measuredProject(around(10, 40));
    expect(await shiftsOf(project)).toEqual([]);
    const { id, isNew } = await mark(project, shas[25] ?? "", { lastGood: shas[22] });
    expect(isNew).toBe(true);
    await analyse(project.id);
    expect(await shiftsOf(project)).toMatchObject([
      { state: "confirmed", lastGood: 22, firstShifted: 25, changepoints: 1 },
    ]);
    const [found] = (await read(project)).changepoints;
    expect(found).toMatchObject({
      sha: shas[25],
      state: "confirmed",
      byHand: { actor: "tidemark", reason: "Seen by eye." },
    });
    await request(project, [series], true);
    await analyse(project.id);
    expect(await shiftsOf(project)).toMatchObject([{ number: 1, state: "confirmed" }]);
    expect((await listCorrections(SYSTEM, project.slug, PAGE)).items).toMatchObject([{ id, kind: "mark", shift: 1 }]);
    await removeCorrection(SYSTEM, project.slug, String(id));
    await analyse(project.id);
    expect(await shiftsOf(project)).toMatchObject([{ number: 1, state: "withdrawn" }]);
    expect((await removeCorrection(SYSTEM, project.slug, String(id))).isNew).toBe(false);
    expect(await audited(project)).toEqual(["marked", "removed"]);
  });

  test("a changepoint that is moved lies where it was moved to, in the same shift, through every analysis", async () => {
    const { project, shas, series } = await measuredProject(STEP);
    await mark(project, shas[22] ?? "", { moves: shas[20], lastGood: shas[19] });
    for (let k = 0; k < 2; k++) {
      await analyse(project.id);
      expect(await shiftsOf(project)).toMatchObject([
        { number: 1, state: "confirmed", lastGood: 19, firstShifted: 22, changepoints: 1 },
      ]);
      expect((await read(project)).changepoints).toMatchObject([{ sha: shas[22], byHand: { reason: "Seen by eye." } }]);
      await request(project, [series], true);
    }
  });

  test("the same mark stands once, another at its place is in conflict; places that were not measured are refused", async () => {
    const { project, shas } = await measuredProject(STEP);
    const first = await mark(project, shas[10] ?? "");
    expect(await mark(project, shas[10] ?? "")).toEqual({ ...first, isNew: false });
    await expect(mark(project, shas[10] ?? "", { lastGood: shas[5] })).rejects.toThrow(Conflict);
    await expect(mark(project, shas[0] ?? "")).rejects.toThrow("first point of this line");
    await expect(mark(project, shas[10] ?? "", { lastGood: shas[12] })).rejects.toThrow("Must lie before the commit.");
    await expect(mark(project, shas[22] ?? "", { moves: shas[30] })).rejects.toThrow("No changepoint is told at");
    const [unmeasured] = await appendCommits(project, 1);
    const sha = (await row<{ sha: string }>(db(), "SELECT sha FROM commits WHERE id = $1", [unmeasured]))?.sha ?? "";
    await expect(mark(project, sha)).rejects.toThrow("was not measured on this line");
    await expect(removeCorrection(SYSTEM, project.slug, "99")).rejects.toThrow(NotFound);
  });
});
