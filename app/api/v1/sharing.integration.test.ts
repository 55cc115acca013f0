import { createHash } from "node:crypto";
import { XMLParser } from "fast-xml-parser";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { storeCommits } from "@/ingest/store/storeCommits";
import { storeReleases } from "@/ingest/store/storeReleases";
import { storeRuns } from "@/ingest/store/storeRuns";
import { analyse } from "@/lib/analysis";
import { badgeUrl, feedUrl, shiftImageUrl } from "@/lib/auth/sharedLinks";
import { changeSettings } from "@/lib/commands/settings";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { createTestProject } from "@/lib/db/testing/project";
import type { Handler } from "@/lib/http/route";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { readShiftSharing } from "@/lib/queries/sharing";
import { readShift } from "@/lib/queries/shift";
import { GET as badge } from "./projects/[project]/badge.svg/route";
import { GET as links, DELETE as voidAll } from "./projects/[project]/links/route";
import { GET as chartPng } from "./projects/[project]/series/image.png/route";
import { GET as chartSvg } from "./projects/[project]/series/image.svg/route";
import { GET as png } from "./projects/[project]/shifts/[number]/image.png/route";
import { GET as svg } from "./projects/[project]/shifts/[number]/image.svg/route";
import { GET as markdown } from "./projects/[project]/shifts/[number]/markdown/route";
import { GET as atom } from "./projects/[project]/shifts/feed.atom/route";
import { GET as jsonFeed } from "./projects/[project]/shifts/feed.json/route";

testDatabase();

const ADMIN = "tm_admin";
const ORIGIN = "https://perf.example";
/** Commits that lie on either side of the step; between them two that nobody measured. */
const SIDE = 24;

let project = { id: 0, slug: "" };
const shaAt = (position: number) => createHash("sha1").update(`sharing ${position}`).digest("hex");
const noise = (k: number) => 1 + (((k * 7919) % 21) - 10) / 2000;

/** Duration of `slow` goes from 400 to 472 s between two measured commits; its memory and all of `steady` stay. */
function documents(): Json[] {
  return Array.from({ length: 2 * SIDE }, (_, i) => {
    const position = i < SIDE ? i : i + 2;
    const level = i < SIDE ? 400 : 472;
    const at = new Date(Date.UTC(2026, 0, 1 + 2 * i)).toISOString();
    const result = (workload: string, duration: number) => ({
      workload,
      outcome: "passed",
      metrics: { duration: [duration * noise(i)], peak_memory: { values: [2e9 * noise(i + 3)], unit: "B" } },
    });
    return {
      run: { key: `run-${i}`, startedAt: at },
      commit: { sha: shaAt(position), branch: "main" },
      environment: { name: "vm" },
      results: [result("slow", level), result("steady", 100)],
    };
  });
}

beforeAll(async () => {
  project = await createTestProject();
  await rows(db(), "update projects set repository = 'https://github.com/dask/dask' where id = $1", [project.id]);
  const commits = Array.from({ length: 2 * SIDE + 2 }, (_, i) => ({
    sha: shaAt(i),
    committedAt: new Date(Date.UTC(2026, 0, 1 + 2 * i)).toISOString(),
    parents: i === 0 ? [] : [shaAt(i - 1)],
    pullRequest: 100 + i,
    subject: `Change ${i} | @everyone`,
  }));
  await storeCommits(SYSTEM, project.slug, { branch: "main", commits });
  await storeRuns(SYSTEM, project.slug, documents());
  const releases = [
    { tag: "2026.1.0", sha: shaAt(SIDE + 4) },
    { tag: "2026.2.0", sha: shaAt(2 * SIDE) },
  ];
  await storeReleases(SYSTEM, project.slug, { releases });
  await analyse(project.id);
});
beforeEach(async () => {
  vi.stubEnv("TIDEMARK_ADMIN_TOKEN", ADMIN);
  vi.stubEnv("TIDEMARK_PUBLIC_URL", ORIGIN);
  await visible("public");
});
afterEach(() => vi.unstubAllEnvs());

const visible = (visibility: "public" | "private") =>
  rows(db(), "update projects set visibility = $2 where id = $1", [project.id, visibility]);
const isPrivate = () => ({ ...project, visibility: "private" as const });

/** Asks as a server behind a proxy is asked: the host that it sees is not the one that people use. */
async function ask(handler: Handler, address = "", headers: Record<string, string> = {}, number = "1", method = "GET") {
  const query = address.includes("?") ? address.slice(address.indexOf("?")) : "";
  const request = new Request(`http://127.0.0.1:3000/api${query}`, {
    method,
    headers: { host: "127.0.0.1:3000", ...headers },
  });
  return handler(request, { params: Promise.resolve({ project: project.slug, number }) });
}
const bearer = { authorization: `Bearer ${ADMIN}` };
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("what stands around a shift", () => {
  test("commits that were not measured are in its range, with their pull requests", async () => {
    const shift = await readShift(ANONYMOUS, project.slug, 1);
    expect(shift.commits.map(({ measured }) => measured)).toEqual([true, false, false, true]);
    expect(shift.commits[1]?.pullRequest).toBe(100 + SIDE + 1);
    expect(shift.commitsBetween).toBe(2);
  });
  test("the series that did not move are named, with the smallest change that they would have shown", async () => {
    const { didNotMove, membersTotal } = await readShift(ANONYMOUS, project.slug, 1);
    expect(membersTotal).toBe(1);
    expect(didNotMove).toMatchObject({ total: 3, silent: 3, elsewhere: 0, blind: 0, sharp: 3 });
    expect(didNotMove.items.map(({ workload, metric }) => `${workload} ${metric}`)).toEqual([
      "slow peak_memory",
      "steady duration",
      "steady peak_memory",
    ]);
    const [memory] = didNotMove.items;
    expect(memory).toMatchObject({ pointsBefore: SIDE, pointsAfter: SIDE, unit: "B", environment: "vm" });
    expect(memory?.visible?.change).toBeLessThanOrEqual(0.05);
  });
  test("a series that was measured on one side only is counted as one that could show nothing", async () => {
    const run = { key: "late", startedAt: "2026-04-07T00:00:00Z" };
    const results = [{ workload: "newcomer", outcome: "passed", metrics: { duration: [5] } }];
    const late = { run, commit: { sha: shaAt(2 * SIDE + 1), branch: "main" }, environment: { name: "vm" }, results };
    await storeRuns(SYSTEM, project.slug, [late]);
    await analyse(project.id);
    expect((await readShift(ANONYMOUS, project.slug, 1)).didNotMove).toMatchObject({ total: 4, silent: 3, blind: 1 });
  });
  test("says which releases hold it, what it costs by how often it is run, and which rule found it", async () => {
    const { heldBy, cost, policy } = await readShift(ANONYMOUS, project.slug, 1);
    expect(heldBy).toEqual({ tags: ["2026.1.0", "2026.2.0"], total: 2 });
    expect(cost).toMatchObject({ workload: "slow", metric: "duration", environment: "vm", unit: "s" });
    expect(cost?.change).toBeCloseTo(0.18, 2);
    expect(cost?.runsPerWeek).toBeCloseTo(3.25, 0); // every second day
    expect(policy).toMatchObject({ detector: expect.any(Number), sensitivity: [1, 1] });
    expect(policy.smallestEffects).toEqual([{ metric: "duration", metricName: null, smallestEffect: 0.05 }]);
  });
});

describe("pictures", () => {
  test("have the figures of the page, as SVG and as PNG, in both themes", async () => {
    const shift = await readShift(ANONYMOUS, project.slug, 1);
    const drawn = plain(await (await ask(svg)).text());
    expect(drawn).toContain(plain(shift.title));
    expect(drawn).toMatch(/>\d{3} → \d{3} s</);
    expect(drawn).toContain(`${shift.lastGood.slice(0, 7)}..${shift.firstShifted.slice(0, 7)}, 3 commits`);
    expect(await (await ask(svg, "?theme=dark")).text()).toContain('fill="#0d0f12"');
    const image = Buffer.from(await (await ask(png)).arrayBuffer());
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([1200, 630]);
    expect(image.length).toBeGreaterThan(15_000);
  });
  test("of any chart: the same address gives the same picture, the window and the scale are those asked for", async () => {
    const address = `?workload=slow&metric=duration&environment=vm&from=${shaAt(10)}&to=${shaAt(40)}&scale=zero&width=600`;
    const [first, second] = await Promise.all([ask(chartSvg, address), ask(chartSvg, address)]);
    const text = await first.text();
    expect(await second.text()).toBe(text);
    expect(text).toContain('viewBox="0 0 600 380"');
    expect(plain(text)).toContain(`${shaAt(10).slice(0, 7)} to ${shaAt(40).slice(0, 7)}`);
    expect(plain(text)).toContain("+18.");
    expect((await ask(chartPng, address)).headers.get("content-type")).toBe("image/png");
  });
  test("carry an ETag, may be kept for a while where the project is public, and load and run nothing", async () => {
    const first = await ask(png);
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("public, max-age=300");
    expect(first.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await ask(svg)).headers.get("content-security-policy")).toContain("default-src 'none'");
    const again = await ask(png, "", { "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect((await ask(svg)).headers.get("etag")).not.toBe(etag);
    expect((await ask(svg, "?theme=dark", { "if-none-match": etag })).status).toBe(200);
  });
  test("refuse what they cannot draw, and say what they can", async () => {
    for (const [address, word] of [
      ["?workload=slow&metric=duration&width=9999", "320 to 1600"],
      ["?workload=slow&metric=duration&scale=cubic", "fit, zero, log"],
      ["?workload=slow&metric=duration&theme=pink", "light, dark"],
      ["?workload=slow&metric=duration&format=csv", "Unknown"],
    ] as const) {
      const answer = await ask(chartSvg, address);
      expect([answer.status, (await answer.json()).detail]).toEqual([422, expect.stringContaining(word)]);
    }
    expect((await ask(chartSvg, "?workload=nothing&metric=duration")).status).toBe(404);
    expect((await ask(svg, "", {}, "99")).status).toBe(404);
    expect((await ask(svg, "", {}, "x")).status).toBe(404);
  });
});

describe("Markdown and issues", () => {
  test("every address begins with the public one, whatever host the proxy asks for", async () => {
    const text = await (await ask(markdown)).text();
    expect(text).toContain(`### [#1](${ORIGIN}/${project.slug}/shifts/1)`);
    expect(text).toContain(`(${ORIGIN}/api/v1/projects/${project.slug}/shifts/1/image.png)`);
    expect(text).not.toContain("127.0.0.1");
    expect(text).not.toMatch(/(?<!`)@everyone/);
    expect(text.length).toBeLessThan(65_000);
  });
  test("an issue is prefilled at the repository's host, or where the settings say", async () => {
    const shift = await readShift(ANONYMOUS, project.slug, 1);
    const formOf = async () => new URL((await readShiftSharing(ANONYMOUS, shift, ORIGIN)).issue ?? "");
    const form = await formOf();
    expect(form.origin + form.pathname).toBe("https://github.com/dask/dask/issues/new");
    expect(form.searchParams.get("title")).toBe(shift.title);
    expect(form.searchParams.get("body")).toContain(`${ORIGIN}/${project.slug}/shifts/1`);
    expect(form.href.length).toBeLessThan(7_600);
    await changeSettings(SYSTEM, project.slug, { issueUrl: "https://tracker.example/new?s={title}&d={url}" });
    expect((await formOf()).searchParams.get("d")).toBe(`${ORIGIN}/${project.slug}/shifts/1`);
    await changeSettings(SYSTEM, project.slug, { issueUrl: null });
    expect((await formOf()).hostname).toBe("github.com");
  });
});

describe("feeds", () => {
  type Feed = { feed: { entry?: { id: string; updated: string; link: { "@_href": string } }[]; updated: string } };
  const entries = async (address = "", headers = {}) => {
    const text = await (await ask(atom, address, headers)).text();
    const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === "entry" });
    return (parser.parse(text) as Feed).feed.entry ?? [];
  };

  test("hold the shift once, dated by its first shifted commit, with absolute addresses", async () => {
    const [entry, ...others] = await entries();
    expect(others).toEqual([]);
    const shift = await readShift(ANONYMOUS, project.slug, 1);
    expect(entry?.updated).toBe(shift.firstShiftedAt);
    expect(entry?.link["@_href"]).toBe(`${ORIGIN}/${project.slug}/shifts/1`);
    const json = (await (await ask(jsonFeed)).json()) as { items: { id: string }[]; feed_url: string };
    expect(json.items.map(({ id }) => id)).toEqual([entry?.id]);
    expect(json.feed_url).toBe(`${ORIGIN}/api/v1/projects/${project.slug}/shifts/feed.json`);
  });
  test("another analysis, a narrower range and another address add no entry and change no id", async () => {
    const before = await entries();
    const middle = {
      run: { key: "middle", startedAt: "2026-04-08T00:00:00Z" },
      commit: { sha: shaAt(SIDE + 1), branch: "main" },
      environment: { name: "vm" },
      results: [{ workload: "slow", outcome: "passed", metrics: { duration: [472] } }],
    };
    await storeRuns(SYSTEM, project.slug, [middle]);
    await analyse(project.id);
    vi.stubEnv("TIDEMARK_PUBLIC_URL", "https://moved.example");
    const after = await entries();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect((await readShift(ANONYMOUS, project.slug, 1)).log.map(({ kind }) => kind)).toContain("narrowed");
  });
  test("take the filters of the list, and refuse others", async () => {
    expect(await entries("?metric=duration")).toHaveLength(1);
    expect(await entries("?metric=peak_memory")).toHaveLength(0);
    expect(await entries("?state=withdrawn")).toHaveLength(0);
    expect((await ask(atom, "?limit=1000")).status).toBe(422);
    expect((await ask(atom, "?unknwon=1")).status).toBe(422);
  });
  test("do not change while nothing happens: 304", async () => {
    const first = await ask(atom);
    const again = await ask(atom, "", { "if-none-match": first.headers.get("etag") ?? "" });
    expect([first.headers.get("content-type"), again.status]).toEqual(["application/atom+xml; charset=utf-8", 304]);
  });
});

describe("badges", () => {
  const messageOf = async (address = "") =>
    plain(/aria-label="([^"]*)"/.exec(await (await ask(badge, address)).text())?.[1] ?? "");

  test("count the open regressions of the project and of one workload; none says when it was analysed", async () => {
    expect(await messageOf()).toBe("performance: 1 open regression");
    expect(await messageOf("?workload=slow")).toBe("slow: 1 open regression");
    expect(await messageOf("?workload=steady")).toMatch(/^steady: no open regression, analysed \d+ \w{3} \d{4}$/);
    await rows(db(), "update shifts set status = 'accepted' where project_id = $1", [project.id]);
    expect(await messageOf()).toMatch(/^performance: no open regression, analysed/);
    await rows(db(), "update shifts set status = 'new' where project_id = $1", [project.id]);
    expect((await ask(badge, "?workload=nothing")).status).toBe(404);
  });
  test("nothing analysed yet is not told as health", async () => {
    const other = await createTestProject();
    const handler = (await badge(new Request("http://x/"), {
      params: Promise.resolve({ project: other.slug }),
    })) as Response;
    expect(await handler.text()).toContain("not analysed yet");
  });
});

describe("private projects", () => {
  beforeEach(() => visible("private"));
  const opens = async (handler: Handler, address: string, number?: string) =>
    (await ask(handler, address, {}, number)).status === 200;

  test("without a signature nobody sees a picture, Markdown, feed or badge: 404, as if there were none", async () => {
    for (const handler of [svg, png, markdown, atom, jsonFeed, badge, links])
      expect((await ask(handler)).status).toBe(404);
    expect((await ask(chartSvg, "?workload=slow&metric=duration")).status).toBe(404);
    for (const handler of [svg, png, markdown, atom, badge]) expect((await ask(handler, "", bearer)).status).toBe(200);
  });
  test("a signed address opens its own shift in both forms and themes, and nothing else", async () => {
    const address = await shiftImageUrl(ORIGIN, isPrivate(), 1, { theme: "dark" });
    expect(address).toMatch(
      /^https:\/\/perf\.example\/api\/v1\/projects\/.+\/shifts\/1\/image\.png\?theme=dark&signature=[\w-]{43}$/,
    );
    expect(await opens(png, address)).toBe(true);
    expect(await opens(svg, address)).toBe(true);
    expect(await opens(svg, address, "2")).toBe(false);
    expect(await opens(markdown, address)).toBe(false);
    expect(await opens(atom, address.replace("theme=dark&", ""))).toBe(false);
    expect(await opens(badge, address.replace("theme=dark&", ""))).toBe(false);
    const other = await createTestProject();
    const foreign = await shiftImageUrl(ORIGIN, { ...other, visibility: "private" }, 1);
    expect(await opens(png, foreign)).toBe(false);
  });
  test("feeds and badges have signatures of their own; a badge's is for its workload", async () => {
    const feed = await feedUrl(ORIGIN, isPrivate(), "atom");
    expect(await opens(atom, feed)).toBe(true);
    expect(await opens(jsonFeed, feed)).toBe(true);
    expect(await opens(badge, feed)).toBe(false);
    const one = await badgeUrl(ORIGIN, isPrivate(), "steady");
    expect(await opens(badge, one)).toBe(true);
    expect(await opens(badge, one.replace("workload=steady", "workload=slow"))).toBe(false);
    expect(await opens(badge, one.replace("workload=steady&", ""))).toBe(false);
  });
  test("a wrong, cut or empty signature counts as none", async () => {
    const address = await shiftImageUrl(ORIGIN, isPrivate(), 1);
    for (const wrong of [
      address.slice(0, -1),
      `${address}A`,
      address.replace(/signature=./, "signature=_"),
      "?signature=",
    ])
      expect([wrong, await opens(png, wrong)]).toEqual([wrong, false]);
    expect((await ask(png, `?signature=${"a".repeat(500)}`)).status).toBe(422);
  });
  test("pictures in the feed and in Markdown are signed, and are kept by nobody on the way", async () => {
    const text = await (await ask(markdown, "", bearer)).text();
    const address = /\((https:[^)]+image\.png\?signature=[\w-]+)\)/.exec(text)?.[1] ?? "";
    const image = await ask(png, address);
    expect([image.status, image.headers.get("cache-control")]).toEqual([200, "private, no-cache"]);
    expect(image.headers.get("access-control-allow-origin")).toBeNull();
    expect(await (await ask(atom, "", bearer)).text()).toContain("image.png?signature=");
  });
  test("voiding the links ends all that were signed before, makes new ones, and is in the audit", async () => {
    const [image, feed] = [await shiftImageUrl(ORIGIN, isPrivate(), 1), await feedUrl(ORIGIN, isPrivate(), "atom")];
    expect((await ask(voidAll, "", {}, "1", "DELETE")).status).toBe(401);
    expect(await opens(png, image)).toBe(true);
    expect((await ask(voidAll, "", bearer, "1", "DELETE")).status).toBe(200);
    expect([await opens(png, image), await opens(atom, feed)]).toEqual([false, false]);
    expect(await opens(png, await shiftImageUrl(ORIGIN, isPrivate(), 1))).toBe(true);
    const audit = await row<{ verb: string; subject: string }>(
      db(),
      "select verb, subject from audit where project_id = $1 order by id desc limit 1",
      [project.id],
    );
    expect(audit).toEqual({ verb: "voided", subject: `signed links of ${project.slug}` });
  });
  test("with the server's own secret a copy of the database signs nothing", async () => {
    const before = await shiftImageUrl(ORIGIN, isPrivate(), 1);
    vi.stubEnv("TIDEMARK_SECRET", "a secret of this server, long enough for it");
    expect(await opens(png, before)).toBe(false);
    expect(await opens(png, await shiftImageUrl(ORIGIN, isPrivate(), 1))).toBe(true);
  });
  test("the list of addresses says that they are signed; those of a public project hold no signature", async () => {
    const signed = (await (await ask(links, "?workload=slow", bearer)).json()) as Record<string, string>;
    expect(signed).toMatchObject({ signed: true, badge: expect.stringContaining("workload=slow&signature=") });
    expect(await opens(atom, signed.atom ?? "")).toBe(true);
    await visible("public");
    expect(JSON.stringify(await (await ask(links)).json())).not.toContain("signature");
    expect(await readShiftSharing(ANONYMOUS, await readShift(ANONYMOUS, project.slug, 1), ORIGIN)).toMatchObject({
      image: `${ORIGIN}/api/v1/projects/${project.slug}/shifts/1/image.png`,
    });
  });
});
