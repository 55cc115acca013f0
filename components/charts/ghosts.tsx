import type { Frame } from "@/lib/chart/frame";
import { fixed } from "@/lib/chart/paths";

/** A changepoint that is not there (any more), at another setting of the detector. */
export type Ghost = { sha: string; x: number; text: string };

/** Dashed lines with their words at the foot of the plot: what would be, beside what is. */
export function Ghosts({ ghosts, frame }: { ghosts: readonly Ghost[]; frame: Frame }) {
  const { plot } = frame;
  const rows = rowsOf(ghosts.map(({ x }) => frame.x(x)));
  return (
    <svg
      width={frame.width}
      height={frame.height}
      className="pointer-events-none absolute inset-0 overflow-visible"
      aria-hidden="true"
      data-testid="ghosts"
    >
      {ghosts.map(({ sha, x, text }, i) => {
        const at = frame.x(x);
        if (at < plot.left - 1 || at > plot.right + 1) return null;
        const isRight = at > plot.right - 110;
        return (
          <g key={`${sha} ${text}`}>
            <path
              d={`M${fixed(at)} ${plot.top}V${plot.bottom}`}
              className="stroke-accent"
              strokeWidth="1.5"
              strokeDasharray="5 3"
            />
            <text
              x={fixed(isRight ? at - 5 : at + 5)}
              y={plot.bottom - 4 - LINE * (rows[i] ?? 0)}
              textAnchor={isRight ? "end" : "start"}
              className="fill-accent stroke-bg text-label font-medium [paint-order:stroke] [stroke-linejoin:round] [stroke-width:3px]"
            >
              {text}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Height of a line of words, and room that they need. */
const LINE = 15;
const ROOM = 150;
const ROWS = 3;

/** Words that would cover each other stand in rows over each other. */
function rowsOf(places: readonly number[]): number[] {
  const order = places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const rows: number[] = places.map(() => 0);
  order.forEach((i, k) => {
    const before = order[k - 1];
    const isNear = before !== undefined && (places[i] ?? 0) - (places[before] ?? 0) < ROOM;
    rows[i] = isNear ? ((rows[before] ?? 0) + 1) % ROWS : 0;
  });
  return rows;
}
