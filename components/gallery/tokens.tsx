import { Specimen } from "./specimen";

const FILLS = {
  Surfaces: ["bg-bg", "bg-surface", "bg-surface-2", "bg-raised", "bg-line", "bg-line-strong"],
  Ink: ["bg-ink", "bg-ink-2", "bg-ink-3", "bg-ink-4", "bg-accent", "bg-accent-soft"],
  Verdicts: [
    "bg-worse",
    "bg-worse-mark",
    "bg-worse-soft",
    "bg-better",
    "bg-better-mark",
    "bg-better-soft",
    "bg-mixed",
    "bg-warn",
  ],
  Series: [
    "bg-series-1",
    "bg-series-2",
    "bg-series-3",
    "bg-series-4",
    "bg-series-5",
    "bg-series-6",
    "bg-series-7",
    "bg-series-8",
  ],
  Heat: ["bg-heat-b3", "bg-heat-b2", "bg-heat-b1", "bg-heat-0", "bg-heat-w1", "bg-heat-w2", "bg-heat-w3"],
};

/** The tokens of app/globals.css as colour and type. */
export function Tokens() {
  return (
    <>
      {Object.entries(FILLS).map(([name, fills]) => (
        <Specimen key={name} title={name} text={fills.map((fill) => fill.slice(3)).join(", ")}>
          <span className="flex gap-1">
            {fills.map((fill) => (
              <i key={fill} className={`h-5 grow rounded-1 shadow-outline ${fill}`} />
            ))}
          </span>
        </Specimen>
      ))}
      <Specimen title="Type">
        <p className="text-title font-semibold">Title 20/28, 600</p>
        <p className="text-section font-semibold">Section 14/20, 600</p>
        <p className="text-read">Sentence 14/22: Peak memory fell by 20.5 % and stayed there.</p>
        <p>Base 13/20: tables, controls</p>
        <p className="text-label text-ink-3">Label 12/16: ticks, heads, notes; nothing is smaller</p>
        <p className="sha">Mono 12: fad7f65..c53d30c</p>
      </Specimen>
    </>
  );
}
