import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import type { Check } from "@/lib/release/read";
import { annotationsOf, escapeData, escapeProperty, summaryOf } from "./github";
import { junitOf } from "./junit";
import { answer, HOSTILE, reason } from "./testing/answer";
import { textOf } from "./text";

const told = (check: Check) => ({ check, origin: "https://perf.example", project: "dask" });

const mixed = answer({
  answer: "fail",
  reasons: [
    reason(),
    reason({
      kind: "missing",
      weight: "fail",
      text: "gone in vm: was not measured at the candidate",
      workload: "gone",
      metric: null,
      shift: null,
    }),
    reason({
      kind: "cannot tell",
      weight: "cannot tell",
      text: "Duration of sum in vm cannot be told",
      workload: "sum",
      shift: null,
    }),
    reason({ weight: "note", text: "Duration of old in vm +9 %: accepted", workload: "old", shift: 3 }),
  ],
  counts: { rows: 4, regressions: 1, excused: 1, improvements: 0, unchanged: 1, cannotTell: 1, missing: 1 },
});
const hostile = answer({
  answer: "fail",
  candidate: { name: HOSTILE, label: HOSTILE, sha: null },
  reasons: (["fail", "cannot tell", "note"] as const).map((weight) =>
    reason({
      weight,
      text: HOSTILE,
      workload: HOSTILE,
      environment: HOSTILE,
      metric: HOSTILE,
      params: { [HOSTILE]: HOSTILE },
    }),
  ),
});

/** What means something to XML, whole and in parts. */
const SIGNS = ["&", "&amp;", "&foo;", "&#0;", "&#x0;", "<", "]]>", "<!--", "<![CDATA[", '"', "'", "\ud800", "\uffff"];

const FINE = [{ workload: "steady", params: {}, metric: "peak_memory", environment: "vm" }];

type Suite = {
  tests: string;
  failures: string;
  errors: string;
  skipped: string;
  testcase: { name: string; classname: string; failure?: { message: string }; error?: object; skipped?: object }[];
  properties: { property: { name: string; value: string }[] };
};

/** The validator lets entities pass that nobody has declared; a parser that goes by the book ends there. */
function expectWellFormed(xml: string): void {
  expect(XMLValidator.validate(xml)).toBe(true);
  expect(xml.match(/&(?!(?:amp|lt|gt|quot|apos);)/g)).toBeNull();
}

function parse(xml: string): Suite {
  expectWellFormed(xml);
  const parser = new XMLParser({
    ...{ ignoreAttributes: false, attributeNamePrefix: "", htmlEntities: false },
    isArray: (name) => name === "testcase",
  });
  return parser.parse(xml).testsuites.testsuite;
}

test("text: answer, counts and page, then every reason with its weight", () => {
  expect(textOf(told(mixed))).toEqual([
    "fail: 1.1 against 1.0",
    "4\u00a0rows: 1 got worse, 1 got worse and are decided on, 1 unchanged, 1 cannot be told; 1 missing or failing",
    "https://perf.example/dask/releases/1.1",
    "",
    "fail         Duration of join in vm +20 % [+17 %, +23 %], #14",
    "fail         gone in vm: was not measured at the candidate",
    "cannot tell  Duration of sum in vm cannot be told",
    "note         Duration of old in vm +9 %: accepted",
  ]);
});

test("text: all that fails is listed; of the rest twenty of a weight, and how many there are", () => {
  const many = (weight: "fail" | "cannot tell") => Array.from({ length: 30 }, () => reason({ weight }));
  const lines = textOf(told(answer({ answer: "fail", reasons: [...many("fail"), ...many("cannot tell")] })));
  expect(lines.filter((line) => line.startsWith("fail  "))).toHaveLength(30);
  expect(lines.filter((line) => line.startsWith("cannot tell"))).toHaveLength(21);
  expect(lines.at(-1)).toBe("cannot tell  10 more: --format json has all");
});

test("the page of a comparison is the comparison", () => {
  const check = answer({
    by: "comparison",
    candidate: { name: "pr:7", label: "#7", sha: null },
    against: { name: "pr:7/base", label: "base of #7", sha: null },
  });
  expect(textOf(told(check))[2]).toBe("https://perf.example/dask/compare?baseline=pr:7/base&contender=pr:7");
});

test("JUnit: the answer is a test of its own, each reason a failure, an error or a skipped one, what is fine passes", () => {
  const suite = parse(junitOf(told(mixed), FINE));
  expect([suite.tests, suite.failures, suite.errors, suite.skipped]).toEqual(["6", "3", "1", "1"]);
  expect(suite.testcase.map(({ classname, name }) => `${classname} | ${name}`)).toEqual([
    "tidemark.dask | gate",
    "vm.join | Duration, size=5",
    "vm.gone | missing, size=5",
    "vm.sum | Duration, size=5",
    "vm.old | Duration, size=5",
    "vm.steady | Peak memory",
  ]);
  expect(suite.testcase.map((one) => ["failure", "error", "skipped"].filter((kind) => kind in one))).toEqual([
    ...[["failure"], ["failure"], ["failure"], ["error"], ["skipped"], []],
  ]);
  expect(suite.properties.property).toContainEqual({ name: "page", value: "https://perf.example/dask/releases/1.1" });
});

test("JUnit: a gate that passes holds one test, which passes; one that cannot tell is an error", () => {
  const pass = parse(junitOf(told(answer()), []));
  expect([pass.tests, pass.failures, pass.errors]).toEqual(["1", "0", "0"]);
  expect(Object.keys(pass.testcase[0] ?? {})).not.toContain("failure");
  const untold = parse(junitOf(told(answer({ answer: "cannot tell" })), []));
  expect([untold.tests, untold.failures, untold.errors]).toEqual(["1", "0", "1"]);
});

test("JUnit stays well-formed whatever the names are, and they come back as text", () => {
  const suite = parse(junitOf(told(hostile), []));
  expect(suite.testcase).toHaveLength(4);
  expect(suite.testcase[1]?.classname).toContain("<b a=\"1\" b='2'>&amp;&foo;&#0;]]>%0A");
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...SIGNS))), (parts) => {
      const name = parts.join("");
      const check = answer({
        reasons: [reason({ text: name, workload: name, environment: name, params: { [name]: name } })],
      });
      expectWellFormed(junitOf(told(check), []));
    }),
    { numRuns: 40 },
  );
});

test("GitHub's escapes: %, CR and LF in a text; also : and , in a property", () => {
  expect(escapeData("100 %\r\na:b,c")).toBe("100 %25%0D%0Aa:b,c");
  expect(escapeProperty("100 %\r\na:b,c")).toBe("100 %25%0D%0Aa%3Ab%2Cc");
});

test("annotations: errors, warnings, nothing for what has no effect; a pass is one notice", () => {
  expect(annotationsOf(told(mixed))).toEqual([
    "::error title=Tidemark%3A regression%3A join in vm::Duration of join in vm +20 %25 [+17 %25, +23 %25], #14",
    "::error title=Tidemark%3A missing%3A gone in vm::gone in vm: was not measured at the candidate",
    "::warning title=Tidemark%3A cannot tell%3A sum in vm::Duration of sum in vm cannot be told",
  ]);
  expect(annotationsOf(told(answer()))).toEqual(["::notice title=Tidemark%3A pass::pass: 1.1 against 1.0"]);
});

test("annotations: GitHub shows ten of a kind, so the tenth says how many more there are", () => {
  const reasons = Array.from({ length: 25 }, () => reason());
  const lines = annotationsOf(told(answer({ answer: "fail", reasons })));
  expect([lines.length, lines.at(-1)]).toEqual([10, "::error title=Tidemark::16 more of this kind: see the summary."]);
});

test("no name is a command to a CI system, in any format", () => {
  const texts = [
    textOf(told(hostile)),
    junitOf(told(hostile), []).split("\n"),
    summaryOf(told(hostile)).split("\n"),
  ].flat();
  const isCommand = (line: string) => /^\s*::/.test(line) || /##\w*\[/.test(line);
  expect(texts.filter(isCommand)).toEqual([]);
  expect(texts.join("")).not.toContain("\u001b");
  const annotations = annotationsOf(told(hostile));
  expect(annotations).toHaveLength(2);
  for (const line of annotations) expect(line).toMatch(/^::(error|warning) title=[^:,\r\n]*::[^\r\n]*$/);
});

test("summary: answer, counts, page, then sections; names are text, shifts are links", () => {
  expect(summaryOf(told(mixed)).split("\n\n")).toEqual([
    "## Tidemark: fail: 1.1 against 1.0",
    expect.stringMatching(
      /^4\u00a0rows: .*missing or failing\. \[Report\]\(https:\/\/perf\.example\/dask\/releases\/1\.1\)$/,
    ),
    "### Fails",
    expect.stringMatching(
      /^- Duration of join.*\(\[shift 14\]\(https:\/\/perf\.example\/dask\/shifts\/14\)\)\n- gone in vm/,
    ),
    "### Cannot be told",
    "- Duration of sum in vm cannot be told",
    "### Of no effect",
    expect.stringContaining("[shift 3]"),
  ]);
  const odd = summaryOf(told(hostile));
  expect(odd).not.toMatch(/<b|\]\(http:\/\/evil|@all/);
});
