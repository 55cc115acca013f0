import { create } from "xmlbuilder2";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import type { GateReason } from "@/lib/release/judge";
import { countsText, headline, inert, pageOf, type Told } from "./answer";

type Node = ReturnType<typeof create>;

/** What a weight is in JUnit: what fails is a failure, what cannot be told an error, a note a test that was skipped. */
const ELEMENTS = { fail: "failure", "cannot tell": "error", note: "skipped" } as const;

/**
 * A text for an attribute or an element. xmlbuilder2 4.0 takes `&word;` and `&#0;` for entities that are meant, and leaves them:
 * an unknown one makes the document ill-formed. `&amp;` it leaves as well, so each & goes in as that.
 */
const xmlText = (text: string) => inert(text).replace(/&/g, "&amp;");

/**
 * The answer as JUnit XML: one test case for the answer itself, which passes when the gate does, and one for each reason.
 * Rows that are fine are counted in the first, not listed.
 */
export function junitOf(told: Told): string {
  const { check, project } = told;
  const document = create({ version: "1.0", encoding: "UTF-8" });
  const counts = countsOf(told);
  const suites = document.ele("testsuites", { name: "tidemark check", ...counts });
  const suite = suites.ele("testsuite", { name: xmlText(`${project}: ${headline(check)}`), ...counts });
  addProperties(suite, told);
  addAnswer(suite, told);
  for (const reason of check.reasons) addReason(suite, reason);
  return document.end({ prettyPrint: true });
}

function countsOf({ check: { answer, reasons } }: Told) {
  const count = (weight: GateReason["weight"]) => reasons.filter((one) => one.weight === weight).length;
  return {
    tests: reasons.length + 1,
    failures: count("fail") + (answer === "fail" ? 1 : 0),
    errors: count("cannot tell") + (answer === "cannot tell" ? 1 : 0),
    skipped: count("note"),
  };
}

function addProperties(suite: Node, told: Told): void {
  const { answer, by, candidate, against, waits } = told.check;
  const all = {
    ...{ answer, by, candidate: candidate.name, sha: candidate.sha, against: against?.name, againstSha: against?.sha },
    ...{ waits: String(waits), page: pageOf(told) },
  };
  const properties = suite.ele("properties");
  for (const [name, value] of Object.entries(all))
    if (value) properties.ele("property", { name, value: xmlText(value) });
}

function addAnswer(suite: Node, told: Told): void {
  const { check, project } = told;
  const test = suite.ele("testcase", { classname: xmlText(`tidemark.${project}`), name: "gate" });
  const text = xmlText(`${headline(check)}. ${countsText(check.counts)}.`);
  if (check.answer !== "pass") test.ele(ELEMENTS[check.answer], { type: "gate", message: text });
  test.ele("system-out").txt(`${text} ${xmlText(pageOf(told))}`);
}

function addReason(suite: Node, reason: GateReason): void {
  const { kind, weight, environment, workload, params, metric, shift, text } = reason;
  const label = paramsLabel(params);
  const of = [
    kind,
    ...(metric === null ? [] : [metricLabel(metric)]),
    ...(label === "" ? [] : [label]),
    ...(shift === null ? [] : [`shift ${shift}`]),
  ];
  const place = [environment, workload].filter((part) => part !== null).join(".");
  const test = suite.ele("testcase", {
    classname: xmlText(place === "" ? "tidemark" : place),
    name: xmlText(of.join(", ")),
  });
  const message = xmlText(text);
  if (weight === "note") test.ele("skipped", { message });
  else test.ele(ELEMENTS[weight], { type: kind, message }).txt(message);
}
