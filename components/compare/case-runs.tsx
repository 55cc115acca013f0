import Link from "next/link";
import { ExternalLink } from "@/components/run/external-link";
import { Badge } from "@/components/ui/badge";
import { classes } from "@/components/ui/classes";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { placeIn, type SampleDomain } from "@/lib/chart/distribution";
import { linearTicks } from "@/lib/chart/ticks";
import { formatChange } from "@/lib/format/change";
import { formatScaled, type Scale } from "@/lib/format/unit";
import type { CompareCaseRun } from "@/lib/queries/compareCase";
import { runUrl } from "@/lib/urls/run";
import type { CaseSide, CaseSides } from "./case-sides";

type Props = {
  project: string;
  sides: CaseSides;
  domain: SampleDomain;
  scale: Scale;
};

const HEIGHT = 24;
const MIDDLE = HEIGHT / 2;
const per = (place: number) => `${(place * 100).toFixed(3)}%`;
const COLUMNS = 7;

/** Every sample, a line per run: a cluster that is off as a whole is seen as one. */
export function CaseRuns({ project, sides, domain, scale }: Props) {
  const withLinks = sides.some(({ runs }) => runs.some(({ url, links }) => url !== null || links.length > 0));
  const ticks = linearTicks(domain.lo / scale.factor, domain.hi / scale.factor, 5);
  return (
    <Table label="Samples by run">
      <thead>
        <tr>
          <Head>Run</Head>
          <Head className="max-lg:hidden">Started</Head>
          <Head className="w-[46%] min-w-32 px-5 max-sm:px-3">
            <span className="sr-only">Samples, drawn</span>
            <svg width="100%" height={16} className="block overflow-visible" aria-hidden="true">
              {ticks.values.map((tick, i) => (
                <text
                  key={tick}
                  x={per(placeIn(domain, tick * scale.factor).at)}
                  y={12}
                  textAnchor="middle"
                  className="fill-ink-3 text-label"
                >
                  {tick.toFixed(ticks.decimals)}
                  {i === ticks.values.length - 1 && ` ${scale.unit}`}
                </text>
              ))}
            </svg>
          </Head>
          <Head numeric>Median</Head>
          <Head numeric className="max-sm:hidden">
            Against its side
          </Head>
          <Head numeric className="max-sm:hidden">
            n
          </Head>
          {withLinks && <Head className="max-md:hidden">Links</Head>}
        </tr>
      </thead>
      {sides.map((side, i) => (
        <tbody key={side.which}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={COLUMNS}
              className={classes("h-9 pb-1 text-left align-bottom font-normal", i > 0 && "pt-3")}
            >
              <span className="font-medium">{side.label}</span>
              <span className="text-ink-3">
                {" "}
                {side.which},{" "}
                {side.value === null ? "no value" : `mean ${formatScaled(side.value, scale)} ${scale.unit}`}
              </span>
            </th>
          </tr>
          {side.runs.map((run) => (
            <RunRow key={run.key} {...{ project, run, side, domain, scale, withLinks }} />
          ))}
        </tbody>
      ))}
    </Table>
  );
}

type RowProps = {
  project: string;
  run: CompareCaseRun;
  side: CaseSide;
  domain: SampleDomain;
  scale: Scale;
  withLinks: boolean;
};

function RunRow({ project, run, side, domain, scale, withLinks }: RowProps) {
  const { key, median, samples, startedAt, counts } = run;
  return (
    <Row className={counts ? undefined : "opacity-60"}>
      <Cell
        className="max-w-72 truncate max-sm:max-w-28 max-sm:min-w-28 max-sm:py-1 max-sm:text-label max-sm:whitespace-normal max-sm:[overflow-wrap:anywhere]"
        title={key}
      >
        <Link href={runUrl(project, key)} prefetch={false} className="font-medium underline-offset-3 hover:underline">
          {key}
        </Link>
        <RunNote run={run} />
      </Cell>
      <Cell className="whitespace-nowrap text-ink-3 max-lg:hidden">
        <Time at={startedAt} withTime />
      </Cell>
      <Cell className="px-5 max-sm:px-3">
        <Strip samples={samples} median={median} level={side.value} domain={domain} which={side.which} />
      </Cell>
      <Cell numeric className="font-medium">
        {median === null ? (
          <span className="text-warn" title={run.error ?? undefined}>
            {run.outcome ?? "no value"}
          </span>
        ) : (
          formatScaled(median, scale)
        )}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {median !== null && side.value !== null && side.value > 0 ? formatChange(median / side.value - 1) : ""}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {samples.length}
      </Cell>
      {withLinks && (
        <Cell className="text-ink-2 max-md:hidden">
          <span className="flex flex-wrap gap-x-2.5">
            {run.url && <ExternalLink href={run.url} text="run" />}
            {run.links.map(({ name, href }) => (
              <ExternalLink key={name} href={href} text={name} />
            ))}
          </span>
        </Cell>
      )}
    </Row>
  );
}

/** What sets the run apart from the others of its side. */
function RunNote({ run: { slow, factor, counts, median } }: { run: CompareCaseRun }) {
  if (slow)
    return (
      <span className="ml-2">
        <Badge tone="warn">{formatChange(factor)} in all rows</Badge>
      </span>
    );
  if (!counts && median !== null) return <span className="ml-2 text-label text-ink-3">before the present level</span>;
  return null;
}

type StripProps = {
  samples: readonly number[];
  median: number | null;
  level: number | null;
  domain: SampleDomain;
  which: CaseSide["which"];
};

/** Samples as strokes, the run's median as a heavier one, the side's mean as a thin line behind. */
function Strip({ samples, median, level, domain, which }: StripProps) {
  const numbered = samples.map((sample, number) => ({ sample, number }));
  return (
    <svg width="100%" height={HEIGHT} className="block overflow-visible" aria-hidden="true">
      <line x1="0%" x2="100%" y1={MIDDLE} y2={MIDDLE} className="stroke-grid" />
      {level !== null && (
        <line
          x1={per(placeIn(domain, level).at)}
          x2={per(placeIn(domain, level).at)}
          y1={-2}
          y2={HEIGHT + 2}
          className="stroke-line-strong"
        />
      )}
      {numbered.map(({ sample, number }) => (
        <Sample key={number} {...placeIn(domain, sample)} which={which} />
      ))}
      {median !== null && (
        <line
          x1={per(placeIn(domain, median).at)}
          x2={per(placeIn(domain, median).at)}
          y1={3}
          y2={HEIGHT - 3}
          strokeWidth={2.5}
          className="stroke-level"
        />
      )}
    </svg>
  );
}

function Sample({ at, beyond, which }: { at: number; beyond: "low" | "high" | null; which: CaseSide["which"] }) {
  const look = which === "baseline" ? "fill-point stroke-bg" : "fill-ink-2 stroke-bg";
  if (beyond)
    return (
      <svg x={per(at)} y={MIDDLE} className="overflow-visible" aria-hidden="true">
        <path d={beyond === "high" ? "M6 0 -2 -4.5V4.5Z" : "M-6 0 2 -4.5V4.5Z"} className={look} />
      </svg>
    );
  return <circle cx={per(at)} cy={MIDDLE} r={3.2} className={look} fillOpacity={0.85} />;
}
