import { describe, expect, test } from "vitest";
import { Refused, ServerFailed } from "../exit";
import { inBatches } from "./batches";
import type { Outgoing } from "./complete";
import { createDelivery } from "./deliver";

const document = (key: string): Outgoing => ({ text: JSON.stringify({ run: { key } }), key, place: `x.json, ${key}` });
const documents = (...keys: string[]) => keys.map(document);
const away = new ServerFailed("No answer.");

/** A server that refuses the keys in `bad`; `names`: its faults say which document is meant. */
function setUp(bad: string[], { names = true, known = [] as string[] } = {}) {
  const bodies: string[][] = [];
  const post = async (body: string) => {
    const parsed: unknown = JSON.parse(body);
    const keys = (Array.isArray(parsed) ? parsed : [parsed]).map((one: { run: { key: string } }) => one.run.key);
    bodies.push(keys);
    const faults = keys.flatMap((key, index) =>
      bad.includes(key) ? [{ path: `$.${key}`, message: "bad", ...(names ? { document: index } : {}) }] : [],
    );
    if (faults.length > 0) throw new Refused("Nothing was stored.", 422, faults);
    const isNew = (key: string) => !known.includes(key);
    return {
      stored: keys.filter(isNew).map((key) => ({ key, results: 1, samples: 2 })),
      unchanged: keys.filter((key) => !isNew(key)),
    };
  };
  return { bodies, post };
}

const kinds = (outcomes: readonly { kind: string; key: string | null }[]) =>
  Object.fromEntries(outcomes.map(({ key, kind }) => [key, kind]));

describe("send", () => {
  test("tells new runs from known ones", async () => {
    const { post } = setUp([], { known: ["b"] });
    const outcomes = await createDelivery({ post }).send(documents("a", "b"));
    expect(outcomes).toMatchObject([
      { kind: "stored", key: "a", results: 1, samples: 2 },
      { kind: "unchanged", key: "b" },
    ]);
  });

  test("one bad document costs the others nothing, and carries its own faults only", async () => {
    const { post, bodies } = setUp(["b", "d"]);
    const outcomes = await createDelivery({ post }).send(documents("a", "b", "c", "d"));
    expect(kinds(outcomes)).toEqual({ a: "stored", b: "refused", c: "stored", d: "refused" });
    expect(outcomes.find(({ key }) => key === "d")).toMatchObject({ faults: [{ path: "$.d" }] });
    expect(bodies).toEqual([
      ["a", "b", "c", "d"],
      ["a", "c"],
    ]);
  });

  test("finds the bad document also where the refusal does not name it", async () => {
    const { post } = setUp(["c"], { names: false });
    const outcomes = await createDelivery({ post }).send(documents("a", "b", "c", "d", "e"));
    expect(kinds(outcomes)).toEqual({ a: "stored", b: "stored", c: "refused", d: "stored", e: "stored" });
  });

  test("a server that is away is asked once; everything after that is kept", async () => {
    let calls = 0;
    const kept: string[][] = [];
    const delivery = createDelivery({
      post: async () => {
        calls++;
        throw away;
      },
      keep: async (batch) => `file ${kept.push(batch.map(({ key }) => key ?? ""))}`,
    });
    const outcomes = [...(await delivery.send(documents("a", "b"))), ...(await delivery.send(documents("c")))];
    expect(outcomes).toMatchObject([
      { kind: "kept", file: "file 1" },
      { kind: "kept" },
      { kind: "kept", file: "file 2" },
    ]);
    expect({ calls, kept }).toEqual({ calls: 1, kept: [["a", "b"], ["c"]] });
    expect(delivery.stopped()).toBe(away);
  });

  test("a request that fails alone does not stop the others", async () => {
    const { post } = setUp([]);
    const failed = new ServerFailed("failed", false);
    const delivery = createDelivery({ post: (body) => (body.includes('"a"') ? Promise.reject(failed) : post(body)) });
    expect(kinds([...(await delivery.send(documents("a"))), ...(await delivery.send(documents("b")))])).toEqual({
      a: "unsent",
      b: "stored",
    });
    expect(delivery.stopped()).toBeNull();
  });

  test("a fault of the token stops everything, and nothing is lost", async () => {
    const delivery = createDelivery({ post: () => Promise.reject(new Refused("no", 401)), keep: async () => "file" });
    expect(kinds(await delivery.send(documents("a", "b")))).toEqual({ a: "kept", b: "kept" });
    expect(delivery.stopped()).toMatchObject({ exit: 2 });
  });

  test("what a full disk does not take is told as not sent", async () => {
    const keep = () => Promise.reject(new ServerFailed("the disk is full"));
    const delivery = createDelivery({ post: () => Promise.reject(away), keep });
    expect(await delivery.send(documents("a"))).toMatchObject([{ kind: "unsent", message: "the disk is full" }]);
  });

  test("a run that the answer does not name does not count as stored", async () => {
    const delivery = createDelivery({ post: async () => ({ stored: [] }) });
    expect(kinds(await delivery.send(documents("a")))).toEqual({ a: "unsent" });
  });

  test("the same run twice in one body is stored once", async () => {
    const delivery = createDelivery({ post: async () => ({ stored: [{ key: "a", results: 1, samples: 1 }] }) });
    const outcomes = await delivery.send(documents("a", "a"));
    expect(outcomes.map(({ kind }) => kind)).toEqual(["stored", "unchanged"]);
  });
});

test("batches keep the order, hold at most 200 documents and four million characters, and a larger document goes alone", () => {
  const sizes = [...Array.from({ length: 450 }, () => 10), 3_000_000, 2_000_000, 9_000_000, 5];
  const all = sizes.map((size, index) => ({ text: "x".repeat(size), key: String(index), place: "" }));
  const batches = inBatches(all);
  expect(batches.flat()).toEqual(all);
  expect(batches.map((batch) => batch.length)).toEqual([200, 200, 51, 1, 1, 1]);
  expect(inBatches([])).toEqual([]);
});
