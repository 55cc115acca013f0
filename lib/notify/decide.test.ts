import { describe, expect, test } from "vitest";
import type { Candidate } from "./candidates";
import { CYCLES, decide } from "./decide";

const shift = (own: Partial<Candidate> = {}): Candidate => ({
  ...{ number: 6, direction: "regression", state: "confirmed", status: "new", statusReason: null, decidedBy: null },
  ...{
    partOf: null,
    recoveredBy: null,
    withdrawnReason: null,
    isConfirmed: true,
    told: null,
    cycles: 0,
    knownAs: null,
  },
  ...own,
});
const told = (own: Partial<Candidate> = {}) => shift({ told: "confirmed", cycles: 1, ...own });

describe("what is told of a shift that nobody has heard of", () => {
  test("one that is confirmed is told, and without a reason", () => {
    expect(decide(shift())).toEqual({ kind: "confirmed", because: null, silent: false });
  });
  test("one that somebody looks into already is told too", () => {
    expect(decide(shift({ status: "investigating" }))).toMatchObject({ kind: "confirmed", silent: false });
  });
  test.each(["accepted", "fixed", "infrastructure", "not real"] as const)(
    "one that is %s is told to nobody",
    (status) => {
      expect(decide(shift({ status }))).toBeNull();
    },
  );
  test.each(["provisional", "recovered", "withdrawn"] as const)("one that is %s is told to nobody", (state) => {
    expect(decide(shift({ state }))).toBeNull();
  });
  test("one that has taken in a told one is noted without a message", () => {
    expect(decide(shift({ knownAs: 4 }))).toEqual({
      ...{ kind: "confirmed", silent: true, because: "Told as #4, which is part of it." },
    });
  });
});

describe("what is told of a shift that was told as confirmed", () => {
  test("nothing while it stands, whatever people say of it", () => {
    for (const status of ["new", "investigating", "accepted", "infrastructure", "not real"] as const)
      expect(decide(told({ status }))).toBeNull();
    expect(decide(told({ state: "provisional" }))).toBeNull();
  });
  test("that it recovered, and by which shift", () => {
    expect(decide(told({ state: "recovered", recoveredBy: 9 }))).toEqual({
      ...{ kind: "resolved", because: "Recovered by #9.", silent: false },
    });
    expect(decide(told({ state: "recovered" }))?.because).toBe("It is undone.");
  });
  test("that it was withdrawn, and why", () => {
    expect(decide(told({ state: "withdrawn", withdrawnReason: "Its runs were excluded." }))).toEqual({
      ...{ kind: "withdrawn", because: "Its runs were excluded.", silent: false },
    });
    expect(decide(told({ state: "withdrawn" }))?.because).toBe("The data show it no longer.");
  });
  test("that somebody marked it as fixed, who, and their reason", () => {
    const fixed = told({ status: "fixed", decidedBy: "Ada", statusReason: "dask#12" });
    expect(decide(fixed)).toEqual({ kind: "resolved", because: "Marked as fixed by Ada: dask#12", silent: false });
    expect(decide(told({ status: "fixed", decidedBy: "Ada" }))?.because).toBe("Marked as fixed by Ada.");
    expect(decide(told({ status: "fixed" }))?.because).toBe("Marked as fixed.");
  });
});

describe("a shift that was told as over", () => {
  const over = (own: Partial<Candidate> = {}) => shift({ told: "resolved", cycles: 1, ...own });
  test("is told again when it is back, once it stands open", () => {
    expect(decide(over())).toEqual({ kind: "confirmed", because: "It is back.", silent: false });
    expect(decide(over({ told: "withdrawn" }))?.because).toBe("It is back.");
    expect(decide(over({ status: "fixed" }))).toBeNull();
    expect(decide(over({ state: "recovered" }))).toBeNull();
    expect(decide(over({ state: "withdrawn" }))).toBeNull();
  });
  test("is told no more when it goes and comes for the third time", () => {
    expect(decide(over({ cycles: CYCLES }))).toBeNull();
  });
  test("has its end told in its last cycle too", () => {
    expect(decide(told({ cycles: CYCLES, state: "recovered" }))?.kind).toBe("resolved");
  });
});
