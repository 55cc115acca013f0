import Link from "next/link";
import { classes } from "@/components/ui/classes";
import { formatCount, NBSP, plural } from "@/lib/format/number";
import type { Comparison } from "@/lib/queries/compare";
import type { EnvironmentLook } from "@/lib/queries/comparePlan";
import { compareMatrixUrl } from "@/lib/urls/compare";
import { Live } from "./live";

/** More planned runs than this are told by their number alone. */
const MOST_SQUARES = 20;

type Props = {
  comparison: Comparison;
  /** Runs of the experiment, of all variants, that the page was made of. */
  arrived: number;
};

/** Where an experiment stands: its plan, what has come, what is open, and that the page goes on by itself. */
export function Looks({ comparison, arrived }: Props) {
  const { looks, summary, project } = comparison;
  if (!looks) return null;
  const { planned, open, environments } = looks;
  return (
    <section
      aria-label="Planned runs"
      className="mt-3 flex max-w-[120ch] flex-wrap items-baseline gap-x-5 gap-y-1 border-l-2 border-line-strong pl-3 text-ink-2"
    >
      <span>
        <b className="font-medium text-ink">{plural(planned, "run")} a side</b> planned
        {looks.statedAt === null && " (nobody stated another number)"}.{" "}
        {open
          ? `Until then intervals only: ${plural(summary.open, "row")} open.`
          : `Look ${formatCount(looks.look)}: it may spend ${perCent(looks.rate)} of the ${perCent(comparison.falseDiscoveryRate)} false calls; each further run is a further look, and spends less.`}
      </span>
      {open &&
        environments.map((one) => (
          <Progress key={one.environment} one={one} planned={planned} comparison={comparison} />
        ))}
      <Link href={compareMatrixUrl(project.slug, { experiment: looks.experiment })} prefetch={false} className="link">
        All variants
      </Link>
      <Live project={project.slug} experiment={looks.experiment} runs={arrived} open={open} />
    </section>
  );
}

const perCent = (share: number) => `${Number((share * 100).toPrecision(2))}${NBSP}%`;

function Progress({ one, planned, comparison }: { one: EnvironmentLook; planned: number; comparison: Comparison }) {
  const sides = (["baseline", "contender"] as const).flatMap((side) => {
    const runs = one[side];
    return runs === null ? [] : [{ side, runs }];
  });
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-4">
      {comparison.environments.length > 1 && <span className="text-ink-3">{one.environment}</span>}
      {sides.map(({ side, runs }) => (
        <span key={side} className="inline-flex items-center gap-1.5 whitespace-nowrap">
          {side} {runs} of {planned}
          {planned <= MOST_SQUARES && <Squares filled={runs} all={planned} />}
        </span>
      ))}
    </span>
  );
}

function Squares({ filled, all }: { filled: number; all: number }) {
  const places = Array.from({ length: all }, (_, place) => place);
  return (
    <span className="inline-flex gap-0.5" aria-hidden="true">
      {places.map((place) => (
        <span
          key={place}
          className={classes("size-2 rounded-[1px]", place < filled ? "bg-ink-2" : "border border-line-strong")}
        />
      ))}
    </span>
  );
}
