import { classes } from "./classes";
import { Glyph, TONE_TEXT, type Tone, type Way } from "./glyph";

/** A signed figure with its verdict: "▲ +12.4 %". `text` has its sign already. */
export function Delta({ tone, way, text, className }: { tone: Tone; way?: Way; text: string; className?: string }) {
  const plain = tone === "same" || tone === "unsure";
  return (
    <span
      className={classes(
        "inline-flex items-baseline justify-end gap-[5px] whitespace-nowrap",
        TONE_TEXT[tone],
        tone === "worse" && "font-medium",
        className,
      )}
    >
      {!plain && <Glyph tone={tone} way={way} />}
      {text}
    </span>
  );
}
