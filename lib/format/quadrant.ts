import { findUnit } from "@/lib/model/units";
import type { Better } from "@/lib/model/words";
import { metricInSentence, metricLabel } from "./name";

type Metric = { name: string; displayName: string | null; unit: string; better: Better };

/** What a change of a metric means, in a word or two, and whether it is the good way; null where nobody has said. */
export type Effect = { word: string; good: boolean | null };

const RUN_TIME = /duration|latency|time|wall/i;

/** "faster", "hungrier", "more worker CPU": what it means that a metric rises (`rise`) or falls. `plain`: by its name. */
export function effectOf(metric: Metric, rise: boolean, plain = false): Effect {
  const { better } = metric;
  const good = better === "unknown" ? null : rise === (better === "higher");
  const dimension = plain || better !== "lower" ? null : findUnit(metric.unit)?.dimension;
  if (dimension === "time" && RUN_TIME.test(metric.name)) return { word: rise ? "slower" : "faster", good };
  if (dimension === "bytes") return { word: rise ? "hungrier" : "leaner", good };
  return { word: `${rise ? "more" : "less"} ${metricInSentence(metricLabel(metric.name, metric.displayName))}`, good };
}

/** What both changes of a case mean together: "faster but hungrier", "slower and hungrier". */
export function quadrantWords(
  across: { metric: Metric; rise: boolean },
  up: { metric: Metric; rise: boolean },
): string {
  // Two metrics of memory are both "hungrier": then each goes by its name.
  const isSameWord = effectOf(across.metric, true).word === effectOf(up.metric, true).word;
  const first = effectOf(across.metric, across.rise, isSameWord);
  const second = effectOf(up.metric, up.rise, isSameWord);
  const isContrast = first.good !== null && second.good !== null && first.good !== second.good;
  return `${first.word} ${isContrast ? "but" : "and"} ${second.word}`;
}
