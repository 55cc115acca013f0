import type { Frame } from "@/lib/chart/frame";
import type { Trend } from "@/lib/chart/trend";

const NONE: ReadonlySet<string> = new Set();

type Props = {
  events: Trend["events"];
  frame: Frame;
  /** Events whose words stand on another chart already. */
  told?: ReadonlySet<string>;
};

/** The words of notes on the time axis, at the foot of the plot where no flag of a changepoint hangs. */
export function EventFlags({ events, frame, told = NONE }: Props) {
  const { plot } = frame;
  const shown = events.filter(({ text }) => !told.has(text));
  return shown.map(({ x, text, border }) => {
    const isRight = frame.x(x) > plot.right - 150;
    const side = isRight ? { right: frame.width - frame.x(x) + 2 } : { left: frame.x(x) + 2 };
    return (
      <span
        key={`${x} ${text}`}
        style={{ ...side, top: plot.bottom - 18 }}
        title={border ? `${text} (nothing is compared across)` : text}
        className="absolute z-10 max-w-36 truncate rounded-[2px] bg-surface-2 px-1.5 text-label text-ink-2"
      >
        {text}
        {border && <span className="sr-only">: nothing is compared across</span>}
      </span>
    );
  });
}
