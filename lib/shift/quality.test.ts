import { describe, expect, test } from "vitest";
import type { ShiftStatus } from "../model/words";
import { type Judged, LEAST_DECIDED, qualityBy, qualityOf } from "./quality";

const judged = (status: ShiftStatus, rest: Partial<Judged> = {}): Judged => ({
  status,
  detector: 1,
  metrics: ["duration"],
  workloads: ["sum"],
  actedAfter: null,
  ...rest,
});
const many = (count: number, status: ShiftStatus, rest?: Partial<Judged>) =>
  Array.from({ length: count }, () => judged(status, rest));

describe("how good alerts are", () => {
  test("accepted and fixed ones were real; infrastructure and not real were not; the others are undecided", () => {
    const found = qualityOf([
      ...many(3, "accepted"),
      ...many(2, "fixed"),
      ...many(1, "infrastructure"),
      ...many(4, "not real"),
      ...many(7, "new"),
      ...many(1, "investigating"),
    ]);
    expect(found).toMatchObject({ shifts: 18, decided: 10, accepted: 3, fixed: 2, infrastructure: 1, notReal: 4 });
    expect(found.real?.value).toBe(0.5);
    expect(found.fixedShare?.value).toBe(0.4);
  });

  test(`fewer than ${LEAST_DECIDED} decisions tell nothing, whatever they say`, () => {
    expect(qualityOf([...many(LEAST_DECIDED - 1, "fixed"), ...many(50, "new")])).toMatchObject({
      decided: LEAST_DECIDED - 1,
      real: null,
      fixedShare: null,
      verdict: "few",
    });
  });

  test("a verdict needs an interval that leaves out one half", () => {
    expect(qualityOf([...many(3, "fixed"), ...many(2, "not real")]).verdict).toBe("unclear");
    expect(qualityOf([...many(9, "fixed"), ...many(1, "not real")]).verdict).toBe("real");
    expect(qualityOf([...many(1, "fixed"), ...many(9, "infrastructure")]).verdict).toBe("noise");
  });

  test("the time to the first action is the median over those on which somebody acted", () => {
    expect(qualityOf([10, 30, 20].map((actedAfter) => judged("new", { actedAfter })))).toMatchObject({
      acted: 3,
      firstActionSeconds: 20,
    });
    expect(qualityOf(many(2, "new")).firstActionSeconds).toBeNull();
  });

  test("a shift counts once in each of its groups, the most decided group first", () => {
    const shifts = [
      judged("fixed", { workloads: ["a", "b", "a"] }),
      judged("fixed", { workloads: ["b"] }),
      judged("new", { workloads: ["c"] }),
    ];
    const groups = qualityBy(shifts, ({ workloads }) => workloads);
    expect(groups.map(({ name, shifts, decided }) => [name, shifts, decided])).toEqual([
      ["b", 2, 2],
      ["a", 1, 1],
      ["c", 1, 0],
    ]);
  });
});
