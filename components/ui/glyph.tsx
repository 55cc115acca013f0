import { classes } from "./classes";

/**
 * What a change is worth, told four times: by word or sign, glyph, fill and colour. worse is filled, better is hollow;
 * up and down have no verdict (nobody said which way is good).
 */
export type Tone = "worse" | "better" | "mixed" | "same" | "unsure" | "warn" | "up" | "down";

/** Which way the triangle of a verdict points: the way the value moved. */
export type Way = "up" | "down";

export const TONE_TEXT: Record<Tone, string> = {
  worse: "text-worse",
  better: "text-better",
  mixed: "text-mixed",
  same: "text-same",
  unsure: "text-unsure",
  warn: "text-warn",
  up: "text-ink-2",
  down: "text-ink-2",
};

const UP = "M5 1 9.3 9H.7Z";
const DOWN = "M5 9 .7 1h8.6Z";

/** The glyph of a verdict; decoration beside the word or the signed figure that says the same. */
export function Glyph({ tone, way, className }: { tone: Tone; way?: Way; className?: string }) {
  const shape = classes("h-[9px] shrink-0", className);
  if (tone === "mixed")
    return (
      <svg viewBox="0 0 20 10" className={classes(shape, "w-[18px]")} aria-hidden="true">
        <path d={UP} fill="currentColor" />
        <path d="M15 8.5 11.4 1.7h7.2Z" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
    );
  return (
    <svg viewBox="0 0 10 10" className={classes(shape, "w-[9px]")} aria-hidden="true">
      <Shape tone={tone} way={way} />
    </svg>
  );
}

function Shape({ tone, way }: { tone: Tone; way?: Way }) {
  const line = { fill: "none", stroke: "currentColor", strokeWidth: 1.5 } as const;
  switch (tone) {
    case "worse":
      return <path d={way === "down" ? DOWN : UP} fill="currentColor" />;
    case "better":
      return <path d={way === "up" ? "M5 1.8 8.4 8.3H1.6Z" : "M5 8.2 1.6 1.7h6.8Z"} {...line} />;
    case "same":
      return <path d="M1 3.5h8M1 6.5h8" {...line} />;
    case "unsure":
      return <path d="M1 6c1.3-3 2.7-3 4-1s2.7 2 4-1" {...line} />;
    case "warn":
      return <path d="M5 1 9.3 9H.7ZM5 4v2.4" {...line} strokeWidth={1.2} strokeLinejoin="round" />;
    case "up":
      return <path d="M5 9V1.5M1.8 4.5 5 1.3l3.2 3.2" {...line} />;
    case "down":
      return <path d="M5 1v7.5M1.8 5.5 5 8.7l3.2-3.2" {...line} />;
    default:
      return null;
  }
}
