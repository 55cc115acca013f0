import { expect, test } from "vitest";
import { Together } from "./together";

/** A store whose transactions end when the test says so; it refuses a body that says 'bad'. */
function controlled(atOnce = 1) {
  const batches: string[][] = [];
  const ends: (() => void)[] = [];
  const together = new Together<string, string>(async (bodies) => {
    batches.push(bodies);
    await new Promise<void>((resolve) => ends.push(resolve));
    if (bodies.includes("bad")) throw new Error("refused");
    return bodies.map((body) => `${body} stored`);
  }, atOnce);
  const end = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { together, batches, end };
}

test("bodies that arrive while one is stored share the next transaction, and each gets its own answer", async () => {
  const { together, batches, end } = controlled();
  const answers = Promise.all(["a", "b", "c"].map((body) => together.add("project", body, 1)));
  await end();
  await end();
  expect(await answers).toEqual(["a stored", "b stored", "c stored"]);
  expect(batches).toEqual([["a"], ["b", "c"]]);
});

test("a refused body is refused alone: its companions are stored", async () => {
  const { together, batches, end } = controlled();
  const answers = Promise.allSettled(["a", "b", "bad", "c"].map((body) => together.add("project", body, 1)));
  for (let turn = 0; turn < 5; turn++) await end();
  expect((await answers).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect(batches).toEqual([["a"], ["b", "bad", "c"], ["b"], ["bad"], ["c"]]);
});

test("other projects and large bodies do not wait, and no transaction grows without bound", async () => {
  const { together, batches, end } = controlled();
  const sent = [together.add("p", "a", 1), together.add("q", "b", 1), together.add("p", "large", 5000)];
  sent.push(...["c", "d", "e"].map((body) => together.add("p", body, 150)));
  for (let turn = 0; turn < 5; turn++) await end();
  await Promise.all(sent);
  expect(batches).toEqual([["a"], ["b"], ["large"], ["c", "d"], ["e"]]);
});

test("two transactions of a project run at once, and the bodies behind them share the third", async () => {
  const { together, batches, end } = controlled(2);
  const answers = Promise.all(["a", "b", "c", "d"].map((body) => together.add("project", body, 1)));
  for (let turn = 0; turn < 3; turn++) await end();
  expect(await answers).toEqual(["a stored", "b stored", "c stored", "d stored"]);
  expect(batches).toEqual([["a"], ["b"], ["c", "d"]]);
});
