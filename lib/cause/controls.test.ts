import { expect, test } from "vitest";
import { causeOf, controlsMove } from "./controls";

const side = (level: number, count = 8) => Array.from({ length: count }, (_, k) => level * (1 + 0.01 * ((k % 5) - 2)));
const control = (before: number, after: number) => ({ before: side(before), after: side(after) });

test("controls that move along, at least half as far, have moved; those that do not have held", () => {
  expect(controlsMove([control(10, 12), control(3, 3.6)], 0.2)).toMatchObject({
    cases: 2,
    verdict: "moved",
    change: expect.closeTo(0.2, 2),
  });
  expect(controlsMove([control(10, 10), control(3, 3)], 0.2)).toMatchObject({ verdict: "held" });
  expect(controlsMove([control(10, 8)], -0.2).verdict).toBe("moved");
  expect(controlsMove([control(10, 8)], 0.2).verdict).toBe("held");
  expect(controlsMove([control(10, 10.3)], 0.2).verdict).toBe("held");
});

test("too few values, too much noise or no ratio: unclear", () => {
  expect(controlsMove([], 0.2)).toEqual({ cases: 0, change: null, verdict: "unclear" });
  expect(controlsMove([{ before: [1, 1], after: side(1) }], 0.2).cases).toBe(0);
  expect(controlsMove([{ before: [5, 10, 20, 7], after: [11, 6, 22] }], 0.1).verdict).toBe("unclear");
  expect(controlsMove([control(1, 2)], null).verdict).toBe("unclear");
  expect(controlsMove([{ before: [0, 0, 0], after: side(1) }], 0.2).verdict).toBe("unclear");
});

test("the environment is the cause when all controls that can tell say so", () => {
  const one = (verdict: "moved" | "held" | "unclear", cases = 1) => ({
    environment: "a",
    metric: "m",
    cases,
    change: 0.1,
    verdict,
  });
  expect(causeOf([one("moved"), one("unclear")])?.kind).toBe("environment");
  expect(causeOf([one("moved"), one("held")])?.kind).toBe("unclear");
  expect(causeOf([one("held")])?.kind).toBe("held");
  expect(causeOf([one("unclear", 0)])).toBeNull();
});
