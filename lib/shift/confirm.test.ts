import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { confirm, type Unconfirmed } from "./confirm";

const one = (line: string, p: number, more: Partial<Unconfirmed> = {}): Unconfirmed => ({
  ...{ line, p, ownNeeds: 0, pointsBefore: 60, pointsAfter: 8, correlation: 0.2, wasConfirmed: false },
  ...more,
});
const states = (changepoints: Unconfirmed[], lines: number) => confirm(changepoints, lines).map(({ state }) => state);

describe("confirmed over all lines", () => {
  test("one line alone is judged by its own data", () => {
    expect(confirm([one("a", 0.002)], 1)).toEqual([{ state: "confirmed", needsPoints: 0 }]);
    expect(confirm([one("a", 0.02, { ownNeeds: 4 })], 1)).toEqual([{ state: "provisional", needsPoints: 4 }]);
  });

  test("among many quiet lines a p that chance gives one of them is provisional, and says what would confirm it", () => {
    const [found] = confirm([one("a", 0.002)], 1000);
    expect(found?.state).toBe("provisional");
    expect(found?.needsPoints).toBeGreaterThan(0);
    expect(states([one("a", 1e-6)], 1000)).toEqual(["confirmed"]);
  });

  test("lines that certainly moved raise the threshold for the next one", () => {
    const moved = Array.from({ length: 60 }, (_, k) => one(`m${k}`, 1e-12));
    expect(states([...moved, one("a", 0.002)], 1000).at(-1)).toBe("confirmed");
  });

  test("what was confirmed stays so, whatever other lines show, until its own data say otherwise", () => {
    expect(states([one("a", 0.002, { wasConfirmed: true })], 1000)).toEqual(["confirmed"]);
    expect(states([one("a", 0.02, { wasConfirmed: true, ownNeeds: 3 })], 1000)).toEqual(["provisional"]);
  });

  test("the order of changepoints decides nothing; a provisional one always says how many points it lacks", () => {
    const many = fc.array(
      fc.record({
        line: fc.constantFrom("a", "b", "c", "d", "e", "f"),
        p: fc.double({ min: 1e-12, max: 0.003, noNaN: true }),
        ownNeeds: fc.constantFrom(0, 0, 5),
        pointsAfter: fc.integer({ min: 3, max: 80 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(many, fc.integer({ min: 6, max: 500 }), (made, lines) => {
        const all = made.map(({ line, p, ...more }) => one(line, p, more));
        const forward = confirm(all, lines);
        expect(confirm([...all].reverse(), lines).reverse()).toEqual(forward);
        for (const { state, needsPoints } of forward) expect(needsPoints > 0).toBe(state === "provisional");
      }),
    );
  });
});
