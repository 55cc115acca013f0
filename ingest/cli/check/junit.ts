import { create } from "xmlbuilder2";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import type { GateReason } from "@/lib/release/judge";
import { countsText, headline, inert, pageOf, type Told } from "./answer";
import type { Place } from "./rows";

type Node = ReturnType<typeof create>;

/** What a weight is in JUnit: what fails is a failure, what cannot be told an error, a note a test that was skipped. */
const ELEMENTS = { fail: "failure", "cannot tell": "error", note: "skipped" } as const;

/**
 * A text for an attribute or an element. xmlbuilder2 4.0 takes `&word;` and `&#0;` for entities that are meant, and leaves them:
 * an unknown one makes the document ill-formed. `&amp;` it leaves as well, so each & goes in as that.
 */
const xmlText = (text: string) => inert(text).replace(/&/g, "&amp;");

/**
 * The answer as JUnit XML: a test case for the answer itself, which passes when the gate does, one for each reason, and one
 * that passes for each of `fine`. A row has the same name whatever became of it, so that a CI system knows it again.
 */
export function junitOf(told: Told, fine: readonly Place[]): string {
  const { check, project } = told;
  const document = create({ version: "1.0", encoding: "UTF-8" });
  const counts = countsOf(told, fine.length);
  const suites = document.ele("testsuites", { name: "tidemark check", ...counts });
  const suite = suites.ele("testsuite", { name: xmlText(`${project}: ${headline(check)}`), ...counts });
  addProperties(suite, told);
  addAnswer(suite, told);
  for (const reason of check.reasons) addReason(suite, reason);
  for (const place of fine) suite.ele("testcase", testOf(place, metricLabel(place.metric)));
  return document.end({ prettyPrint: true });
}

function countsOf({ check: { answer, reasons } }: Told, fine: number) {
  const count = (weight: GateReason["weight"]) => reasons.filter((one) => one.weight === weight).length;
  return {
    tests: reasons.length + fine + 1,
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
  const { kind, weight, metric, shift, text } = reason;
  const subject = metric === null ? `${kind}${shift === null ? "" : `, shift ${shift}`}` : metricLabel(metric);
  const test = suite.ele("testcase", testOf(reason, subject));
  const message = xmlText(text);
  if (weight === "note") test.ele("skipped", { message });
  else test.ele(ELEMENTS[weight], { type: kind, message }).txt(message);
}

/** "vm.join" and "Duration, size=5". */
function testOf(
  { environment, workload, params }: Pick<GateReason, "environment" | "workload" | "params">,
  subject: string,
) {
  const place = [environment, workload].filter((part) => part !== null).join(".");
  const label = paramsLabel(params);
  return {
    classname: xmlText(place === "" ? "tidemark" : place),
    name: xmlText(label === "" ? subject : `${subject}, ${label}`),
  };
}
