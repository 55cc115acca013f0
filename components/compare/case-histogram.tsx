import { type Bin, binsOf, type SampleDomain } from "@/lib/chart/distribution";
import { linearTicks } from "@/lib/chart/ticks";
import { plural } from "@/lib/format/number";
import { formatScaled, type Scale } from "@/lib/format/unit";
import { type CaseSide, type CaseSides, samplesOf } from "./case-sides";

type Props = { sides: CaseSides; domain: SampleDomain; scale: Scale };

const HEIGHT = 96;
const per = (share: number) => `${(share * 100).toFixed(3)}%`;

/** How many samples lie where, a histogram per side on one axis. A bar is cut where one run ends and the next begins. */
export function CaseHistogram({ sides, domain, scale }: Props) {
  const samples = Math.max(...sides.map((side) => samplesOf(side).length));
  const all = sides.map((side) => ({
    side,
    bins: binsOf(
      side.runs.map((run) => run.samples),
      domain,
      samples,
      scale.factor,
    ),
  }));
  const most = Math.max(1, ...all.flatMap(({ bins }) => bins.map(({ total }) => total)));
  return (
    <div>
      {all.map(({ side, bins }) => (
        <Histogram key={side.which} side={side} bins={bins} most={most} scale={scale} />
      ))}
      <Axis bins={all[0]?.bins ?? []} scale={scale} />
    </div>
  );
}

type HistogramProps = { side: CaseSide; bins: readonly Bin[]; most: number; scale: Scale };

function Histogram({ side, bins, most, scale }: HistogramProps) {
  const width = 1 / Math.max(1, bins.length);
  const fill = side.which === "baseline" ? "fill-point" : "fill-ink-2";
  return (
    <figure className="mb-4">
      <figcaption className="mb-1">
        <span className="font-medium">{side.label}</span>
        <span className="text-ink-3">
          {" "}
          {side.which}, {plural(samplesOf(side).length, "sample")} of {plural(side.runs.length, "run")}
        </span>
      </figcaption>
      <svg
        width="100%"
        height={HEIGHT}
        className="block overflow-visible border-b border-line-strong"
        role="img"
        aria-label={`${side.label}: ${describe(bins, scale)}`}
      >
        {bins.flatMap((bin, i) => {
          let base = 0;
          return bin.counts.flatMap((count, run) => {
            if (count === 0) return [];
            base += count;
            return (
              <rect
                key={`${bin.from} ${side.runs[run]?.key}`}
                x={per(i * width)}
                width={per(width * 0.94)}
                y={HEIGHT - (base / most) * HEIGHT}
                height={Math.max(1, (count / most) * HEIGHT - 1.5)}
                className={fill}
              >
                <title>{`${side.runs[run]?.key}: ${plural(count, "sample")}`}</title>
              </rect>
            );
          });
        })}
      </svg>
    </figure>
  );
}

function describe(bins: readonly Bin[], scale: Scale): string {
  const told = bins.filter(({ total }) => total > 0);
  const words = told.map(
    ({ from, to, total }) => `${total} from ${formatScaled(from, scale)} to ${formatScaled(to, scale)}`,
  );
  return `samples in ${scale.unit || "units"}: ${words.join(", ")}`;
}

function Axis({ bins, scale }: { bins: readonly Bin[]; scale: Scale }) {
  const [from, to] = [(bins[0]?.from ?? 0) / scale.factor, (bins.at(-1)?.to ?? 1) / scale.factor];
  const ticks = linearTicks(from, to, 6);
  return (
    <svg width="100%" height={16} className="-mt-3 block overflow-visible" aria-hidden="true">
      {ticks.values.map((tick, i) => (
        <text
          key={tick}
          x={per((tick - from) / (to - from))}
          y={12}
          textAnchor="middle"
          className="fill-ink-3 text-label"
        >
          {tick.toFixed(ticks.decimals)}
          {i === ticks.values.length - 1 && ` ${scale.unit}`}
        </text>
      ))}
    </svg>
  );
}
