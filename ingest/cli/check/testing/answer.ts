import type { GateReason } from "@/lib/release/judge";
import { DEFAULT_POLICY } from "@/lib/release/policy";
import type { Check } from "@/lib/release/read";

/** A reason of a gate, as the server tells it. */
export const reason = (more: Partial<GateReason> = {}): GateReason => ({
  kind: "regression",
  weight: "fail",
  text: "Duration of join in vm +20 % [+17 %, +23 %], #14",
  workload: "join",
  params: { size: 5 },
  metric: "duration",
  environment: "vm",
  shift: 14,
  ...more,
});

/** An answer of the gate: passes with 100 rows unless told otherwise. */
export const answer = (more: Partial<Check> = {}): Check => ({
  answer: "pass",
  reasons: [],
  counts: { rows: 100, regressions: 0, excused: 0, improvements: 4, unchanged: 96, cannotTell: 0, missing: 0 },
  by: "report",
  candidate: { name: "1.1", label: "1.1", sha: "b".repeat(40) },
  against: { name: "1.0", label: "1.0", sha: "a".repeat(40) },
  policy: DEFAULT_POLICY,
  waits: 0,
  ...more,
});

/** What a client may send as a name, and what would do harm in a terminal, a log of GitHub or Azure, XML or Markdown. */
export const HOSTILE =
  "::error::x\r\n::stop-commands::y\u001b[2J<b a=\"1\" b='2'>&amp;&foo;&#0;]]>%0A ##[add-path]/tmp ###vso[task.setvariable x] \u0000\ufffe\ud800 | `a` [x](http://evil) @all #1, a:b";
