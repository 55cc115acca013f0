import { classes } from "@/components/ui/classes";
import type { UsualRange } from "@/lib/queries/usualRange";
import { bulletPlaces, isUnusual } from "./usual";

const WIDTH = 72;
const HEIGHT = 12;
const MIDDLE = HEIGHT / 2;
const RADIUS = 3;

/** Where a value lies against the usual range: bar, level, dot; a dark dot lies outside. Decoration beside the figures. */
export function RangeBullet({ value, usual, className }: { value: number; usual: UsualRange; className?: string }) {
  const places = bulletPlaces(value, usual);
  const x = (place: number) => RADIUS + place * (WIDTH - 2 * RADIUS);
  return (
    <svg width={WIDTH} height={HEIGHT} className={classes("inline-block align-middle", className)} aria-hidden="true">
      <rect
        x={x(places.from)}
        width={x(places.to) - x(places.from)}
        y={3}
        height={6}
        rx={1}
        className="fill-surface-2"
      />
      <line
        x1={x(places.level)}
        x2={x(places.level)}
        y1={1}
        y2={HEIGHT - 1}
        strokeWidth={1.5}
        className="stroke-ink-2"
      />
      <circle
        cx={x(places.value)}
        cy={MIDDLE}
        r={RADIUS}
        className={isUnusual(value, usual) ? "fill-level" : "fill-point"}
      />
    </svg>
  );
}
