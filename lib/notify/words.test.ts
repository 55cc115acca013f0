import { describe, expect, test } from "vitest";
import { member, message } from "./testing/message";
import { clip, headline, lines, memberLine, plainText, rangeWords } from "./words";

/** No-break spaces as spaces, to read the tests. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("headline", () => {
  test("names what, which, where", () => {
    expect(headline(message())).toBe("Regression #6 in Dask: Duration of map_futures +145 %");
    expect(headline(message({ kind: "resolved" }))).toMatch(/^Resolved: Regression #6 in Dask: /);
    expect(headline(message({ kind: "withdrawn" }, { direction: "mixed" }))).toMatch(/^Withdrawn: Mixed shift #6 /);
    expect(headline(message({ kind: "test" }, { title: "a try" }))).toBe("Test in Dask: a try");
  });
  test("is one line, whatever names hold", () => {
    const hostile = message({}, { title: "a\r\nBcc: x@evil.example\u2028b\u202ec", projectName: "p\nq" });
    expect(headline(hostile)).toBe("Regression #6 in p q: a Bcc: x@evil.example b c");
  });
});

describe("the lines of a message", () => {
  test("carry workload, metric, environment, before, after, change, interval and range", () => {
    expect(lines(message()).map(plain)).toEqual([
      "Duration of map_futures on vm-b: 12.1 s → 29.7 s, +145 % [+138 … +152]",
      "Since fad7f65..c53d30c, 3 commits",
    ]);
  });
  test("a change without a ratio is told in its unit, parameters are named", () => {
    const counted = { metric: "leaks", unit: "", before: 0, after: 4, change: null, difference: 4 };
    const line = memberLine(member({ ...counted, interval: [2, 6], params: "n=3" }));
    expect(plain(line)).toBe("Leaks of map_futures (n=3) on vm-b: 0 → 4.00, +4.00 [+2.00 … +6.00]");
    expect(memberLine(member({ interval: null }))).not.toContain("[");
  });
  test("begin with the reason and end with how many more there are", () => {
    const many = Array.from({ length: 9 }, (_, k) => member({ workload: `w${k}` }));
    const told = lines(message({ kind: "resolved" }, { members: many, changepoints: 40, because: "Recovered by #9." }));
    expect(told[0]).toBe("Recovered by #9.");
    expect(told).toHaveLength(8);
    expect(plain(told[6] ?? "")).toBe("and 35 more changes");
  });
  test("of a test have no range", () => {
    const test = message({ kind: "test" }, { members: [], changepoints: 0, because: "Sent by Ada." });
    expect(lines(test)).toEqual(["Sent by Ada."]);
  });
});

describe("range", () => {
  test("of one commit names it; one that is off the branch says so", () => {
    expect(rangeWords(message({}, { commits: 1 }).body)).toBe("commit c53d30c");
    expect(rangeWords(message({}, { commits: null }).body)).toBe("fad7f65..c53d30c, not on the branch any more");
  });
});

test("the plain text has headline, lines and link", () => {
  expect(plainText(message()).split("\n").map(plain)).toEqual([
    "Regression #6 in Dask: Duration of map_futures +145 %",
    "",
    "Duration of map_futures on vm-b: 12.1 s → 29.7 s, +145 % [+138 … +152]",
    "Since fad7f65..c53d30c, 3 commits",
    "",
    "https://perf.example/dask/shifts/6",
    "",
  ]);
});

test("what is cut is cut between characters", () => {
  expect(clip("😀😀😀", 2)).toBe("😀…");
  expect(clip("abc", 3)).toBe("abc");
});
