import { marked } from "marked";
import { expect, test } from "vitest";
import { changesBetween } from "./changes";
import { decideReport } from "./decide";
import { reportMarkdown } from "./markdown";
import { planRuns } from "./plan";
import { DEFAULT_POLICY } from "./policy";
import type { ReportRead } from "./read";
import { figures, row, said, shift, side, value } from "./testing/figures";
import type { ReportFigures } from "./types";
import { countsSentence, creditText, noteText, reportTitle, untoldSentence } from "./words";

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  '"onmouseover=alert(1)',
  "[x](javascript:alert(1))",
  "a | b",
  "`tick` *bold* #12 @ada",
];

function report(of: ReportFigures): ReportRead {
  const decisions = { shifts: [said({ owner: HOSTILE[0] ?? null, reason: HOSTILE[1] ?? null })], waivers: [] };
  return {
    project: { slug: "dask", name: "dask", repository: null },
    ...{ number: 1, numbers: 1, state: "frozen", revision: 1, figures: of, decisions },
    decided: decideReport(of, decisions, DEFAULT_POLICY, "2026-01-06T00:00:00.000Z"),
    policy: DEFAULT_POLICY,
    ...{
      frozenAt: "2026-01-06T00:00:00.000Z",
      frozenBy: HOSTILE[3] ?? "",
      decidedAt: null,
      decidedBy: null,
      reason: null,
    },
    ...{ changes: [], since: [{ kind: "row", text: HOSTILE[0] ?? "" }], history: [] },
  };
}

test("text of clients is inert in the Markdown, and tables keep their columns", () => {
  const rows = HOSTILE.flatMap((name) => [
    row({ workload: name, environment: name }),
    row({ workload: name, verdict: "improvement", change: -0.2, difference: -2 }),
    row({ workload: name, verdict: "cannot tell", why: "border", whyText: name, change: null }),
  ]);
  const trouble = {
    kind: "failing",
    workloadNumber: 1,
    params: {},
    environment: "vm",
    sha: null,
    distance: 0,
  } as const;
  const of = figures({
    rows,
    shifts: [shift({ title: HOSTILE.join(" ") })],
    troubles: HOSTILE.map((name) => ({ ...trouble, workload: name, error: name })),
    candidate: { ...side("1.1", 20), label: HOSTILE[3] ?? "" },
  });
  const html = marked.parse(reportMarkdown(report(of), "https://perf.example", "main"), { async: false });
  expect(html).not.toMatch(/<(img|script)|href="javascript/i);
  expect([...html.matchAll(/href="([^"]+)"/g)].every(([, url]) => url?.startsWith("https://perf.example/dask/"))).toBe(
    true,
  );
  for (const table of html.split("<table>").slice(1)) {
    const line = (part: string) => (part.match(/<t[hd][ >]/g) ?? []).length;
    const counts = table.split("<tr>").slice(1).map(line);
    expect(new Set(counts)).toEqual(new Set([8]));
  }
});

test("title, sentence and notes say what the rows say", () => {
  const of = figures({
    rows: [
      row(),
      row({ verdict: "unchanged", metric: "peak_memory" }),
      row({ verdict: "cannot tell", why: "noise", metric: "cpu" }),
    ],
  });
  expect(reportTitle(report(of))).toBe("1.1 against 1.0: not ready");
  expect(countsSentence(of).replaceAll("\u00a0", " ")).toBe(
    "1 of 3 series got worse, 1 is unchanged, 1 cannot be told. No workload fails or is missing.",
  );
  expect(untoldSentence(of.rows)).toBe(
    "1 on the same level or near it, with an interval wider than the smallest effect.",
  );
  const better = row({ verdict: "improvement", change: -0.205, difference: -2, candidate: value(8) });
  expect(noteText(better, shift()).replaceAll("\u00a0", " ")).toBe(
    "Duration of join is 20.5 % lower on vm (#12 by ada).",
  );
});

test("a range of several pull requests credits each of them, a long one the range", () => {
  const credit = (pullRequest: number) => ({ sha: "c".repeat(40), author: "x", pullRequest, subject: null });
  expect(creditText(shift({ credits: [credit(1), credit(2)], commitsBetween: 1 }))).toBe("one of #1, #2");
  const many = shift({ credits: [1, 2, 3, 4, 5].map(credit), commitsBetween: 4 });
  expect(creditText(many).replaceAll("\u00a0", " ")).toBe("one of 5 commits in aaaaaaa..bbbbbbb");
});

test("the plan asks for each case once per environment and side, with the hours that history tells", () => {
  const rows = [
    row({ verdict: "cannot tell", why: "noise", needsRuns: 6 }),
    row({ verdict: "cannot tell", why: "noise", needsRuns: 2, metric: "cpu" }),
    row({ verdict: "cannot tell", why: "noise", needsRuns: null, workload: "hopeless" }),
    row({ verdict: "cannot tell", why: "border", workload: "scan" }),
    row({ verdict: "cannot tell", why: "drift", workload: "slow" }),
  ];
  const costs = { usualRuns: new Map([["vm", 2]]), seconds: new Map([["join {} vm", 600]]) };
  const plan = planRuns(
    { rows, troubles: [], candidate: side("1.1", 20), baseline: side("1.0", 10) },
    DEFAULT_POLICY,
    costs,
  );
  expect(plan).toMatchObject([
    { side: "candidate", runs: 6, hours: 1, cases: [{ workload: "join", runs: 6, seconds: 600 }] },
    { side: "baseline", runs: 2, hours: null, cases: [{ workload: "scan", runs: 2 }] },
  ]);
});

test("changes name what is different, and nothing when nothing is", () => {
  const moment = { figures: figures(), decisions: { shifts: [said()], waivers: [] } };
  expect(changesBetween(moment, moment)).toEqual([]);
  const later = {
    figures: figures({ candidate: side("1.1", 21), rows: [row({ verdict: "unchanged", change: 0 })], shifts: [] }),
    decisions: { shifts: [said({ status: "accepted" })], waivers: [] },
  };
  const texts = changesBetween(moment, later).map(({ text }) => text.replaceAll("\u00a0", " "));
  expect(texts).toEqual([
    "1.1 names 0000000 now; it named 0000000",
    "#7 Duration of join +20.0 %: not between the releases any more",
    "duration of join in vm: unchanged (0.0 %) now; it was regression (+20.0 %)",
    "#7 is accepted now; it was new",
  ]);
});
