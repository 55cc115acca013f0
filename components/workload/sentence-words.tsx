import { classes } from "@/components/ui/classes";
import { TONE_TEXT } from "@/components/ui/glyph";
import type { Words } from "./sentence";

/** The sentence with its weight and its verdicts. */
export function SentenceWords({ words }: { words: readonly Words[] }) {
  return words.map(({ text, strong, tone }, i) => {
    const key = `${i} ${text}`;
    if (tone && tone !== "same") {
      return (
        <span key={key} className={classes("font-medium", TONE_TEXT[tone])}>
          {text}
        </span>
      );
    }
    return strong ? <b key={key}>{text}</b> : <span key={key}>{text}</span>;
  });
}
