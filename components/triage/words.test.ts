import { expect, test } from "vitest";
import { changeText, didText, doneText, statusTitle } from "./words";

test.each([
  [
    { status: "new" },
    { status: "accepted", acceptedUntil: "2026-12-31T23:59:59.999Z" },
    "New → accepted until 31 Dec 2026",
  ],
  [
    { status: "accepted", acceptedUntil: "2026-12-31T23:59:59.999Z" },
    { status: "new", acceptedUntil: null },
    "Accepted → new",
  ],
  [{ owner: null, dueOn: null }, { owner: "Ada", dueOn: "2026-11-30" }, "Owner Ada, due 30 Nov 2026"],
  [{ owner: "Ada" }, { owner: null }, "Nobody's"],
  [
    { issues: ["https://x.example/1"] },
    { issues: ["https://github.com/a/b/issues/7"] },
    "Linked a/b#7, unlinked x.example/1",
  ],
  [{ acceptedUntil: null }, { acceptedUntil: "2026-12-31T23:59:59.999Z" }, "Accepted until 31 Dec 2026"],
  [{ statusReason: "a" }, { statusReason: "b" }, "Reason changed"],
] as const)("from %j to %j: %s", (before, after, text) => {
  expect(changeText({ ...before, issues: [...("issues" in before ? before.issues : [])] }, after as never)).toBe(text);
});

test("an acceptance whose time is over says so", () => {
  const until = { acceptedUntil: "2026-12-01T23:59:59.999Z" };
  expect(statusTitle({ status: "accepted", acceptanceOver: false, ...until })).toBe("Accepted until 1 Dec 2026");
  expect(statusTitle({ status: "new", acceptanceOver: true, ...until })).toContain("undecided again");
  expect(statusTitle({ status: "not real", acceptanceOver: false, acceptedUntil: null })).toBe("Not real");
});

test("what was done is told with its number", () => {
  expect(doneText([12], didText({ status: "accepted" }))).toBe("Shift #12 accepted");
  expect(doneText([1, 2], didText({ owner: "me" }))).toBe("2 shifts assigned");
});
