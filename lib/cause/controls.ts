import { median } from "../stats/quantile";
import { MAD_TO_SD, medianAbsolute } from "../stats/spread";

/** Values of one control at the commits nearest to a range, up to last good and from first shifted on; all > 0 count. */
export type ControlSides = { before: readonly number[]; after: readonly number[] };

/** Measured commits on either side of a range at which controls are asked. */
const SIDE = 20;

/** What a control shows next to a range of positions; `points` in order of position. */
export function sidesOf(
  points: readonly { position: number; value: number }[],
  { lastGood, firstShifted }: { lastGood: number; firstShifted: number },
): ControlSides {
  const before = points.filter(({ position }) => position <= lastGood).slice(-SIDE);
  const after = points.filter(({ position }) => position >= firstShifted).slice(0, SIDE);
  return { before: before.map(({ value }) => value), after: after.map(({ value }) => value) };
}

/** moved: with the shift, at least half as far. held: not half as far. unclear: too few values, or too noisy. */
export type ControlVerdict = "moved" | "held" | "unclear";

export type ControlMove = {
  /** Controls that have values on both sides. */
  cases: number;
  /** Median over the controls of after / before - 1; null: none has values on both sides. */
  change: number | null;
  verdict: ControlVerdict;
};

/** Values per side that a control needs to be asked. */
const LEAST_VALUES = 3;
/** A control explains a shift when it moved at least so far of the way. */
const SHARE = 0.5;
/** Standard errors that a movement, or its absence, has to be clear by. */
const CLEAR = 3;
const MEDIAN_ERROR = 1.2533;

/**
 * Did the controls of an environment move along with a shift of `change` (relative, of its members there: their median)?
 * A test at a known place: no search, so three standard errors are enough. The controls share their runs, and so the
 * runs' own factor: the error is that of one control, and does not shrink with their number. Shifts without a ratio are
 * unclear.
 */
export function controlsMove(controls: readonly ControlSides[], change: number | null): ControlMove {
  const moves = controls.flatMap((sides) => moveOf(sides) ?? []);
  if (moves.length === 0) return { cases: 0, change: null, verdict: "unclear" };
  const moved = median(moves.map(({ log }) => log)) as number;
  const error = median(moves.map((one) => one.error)) as number;
  return {
    cases: moves.length,
    change: Math.expm1(moved),
    verdict: change === null || change <= -1 || change === 0 ? "unclear" : verdictOf(moved, error, Math.log1p(change)),
  };
}

function verdictOf(moved: number, error: number, shift: number): ControlVerdict {
  const along = moved * Math.sign(shift);
  const half = SHARE * Math.abs(shift);
  if (along >= half && along >= CLEAR * error) return "moved";
  return along + CLEAR * error < half ? "held" : "unclear";
}

function moveOf({ before, after }: ControlSides): { log: number; error: number } | null {
  const [from, to] = [before, after].map((side) => side.filter((value) => value > 0).map(Math.log)) as [
    number[],
    number[],
  ];
  if (from.length < LEAST_VALUES || to.length < LEAST_VALUES) return null;
  const [low, high] = [median(from) as number, median(to) as number];
  const around = [...from.map((value) => value - low), ...to.map((value) => value - high)];
  const spread = (medianAbsolute(around, 0) as number) * MAD_TO_SD;
  return { log: high - low, error: MEDIAN_ERROR * spread * Math.sqrt(1 / from.length + 1 / to.length) };
}

/** What the controls say of a shift, stored with it. */
export type ShiftCause = {
  /** environment: they moved along. held: they did not. unclear: neither can be told. */
  kind: "environment" | "held" | "unclear";
  controls: (ControlMove & { environment: string; metric: string })[];
};

/** null without controls. Controls of one environment or metric that are unclear do not speak. */
export function causeOf(controls: ShiftCause["controls"]): ShiftCause | null {
  const asked = controls.filter(({ cases }) => cases > 0);
  if (asked.length === 0) return null;
  const clear = new Set(asked.flatMap(({ verdict }) => (verdict === "unclear" ? [] : [verdict])));
  const only = clear.size === 1 ? [...clear][0] : undefined;
  return { kind: only === "moved" ? "environment" : only === "held" ? "held" : "unclear", controls: asked };
}
