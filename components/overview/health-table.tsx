"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { classes } from "@/components/ui/classes";
import { Delta } from "@/components/ui/delta";
import { HeatStrip } from "@/components/ui/heat-strip";
import { MiddleCut } from "@/components/ui/middle-cut";
import { formatChange } from "@/lib/format/change";
import { differingLabel, metricLabel, paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatDate, shortSha } from "@/lib/format/time";
import { formatDifference, formatValue, type Scale, scaleFor } from "@/lib/format/unit";
import { toneOf, toneOfChange, wayOf } from "@/lib/format/verdict";
import type { Health, HealthMetric, HealthRow, HealthStrip } from "@/lib/queries/workloadHealth";
import { workloadUrl } from "@/lib/urls/workload";
import { ReleaseTicks } from "./release-ticks";

/** A change below this share is grey. */
const LEAST = 0.02;

type Place = { project: string; environment: string };

/** A strip per case and metric over the same commits, so that what moved together stands in one column. */
export function HealthTable({ health, project, environment }: Place & { health: Health }) {
  const { rows, metrics, releases, commits } = health;
  const scales = metrics.map(({ unit }, index) =>
    scaleFor(
      rows.map(({ strips }) => strips[index]?.now ?? null),
      unit,
    ),
  );
  return (
    <table className="w-full table-fixed border-collapse" aria-label="Health">
      <colgroup>
        <col style={{ width: nameWidth(rows) }} />
        {metrics.map(({ name }, index) => (
          <Columns key={name} second={index > 0} />
        ))}
      </colgroup>
      <thead className="text-label text-ink-3 [&_th]:border-b [&_th]:border-line [&_th]:px-1.5 [&_th]:pb-1 [&_th]:align-bottom [&_th]:font-normal">
        <tr>
          <th scope="col" className="pl-0! text-left">
            Workload
          </th>
          {metrics.map(({ name, displayName }, index) => (
            <HeadCells key={name} second={index > 0} label={metricLabel(name, displayName)}>
              {releases.length > 0 && <ReleaseTicks releases={releases} places={commits.length} />}
            </HeadCells>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <HealthLine
            key={`${row.workload.number} ${JSON.stringify(row.params)}`}
            row={row}
            health={health}
            scales={scales}
            project={project}
            environment={environment}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Room for the longest name, within a share of the window. */
function nameWidth(rows: readonly HealthRow[]): string {
  const longest = Math.max(0, ...rows.map(({ workload, params }) => workload.name.length + paramsLabel(params).length));
  return `min(${Math.min(320, Math.max(96, Math.ceil(longest * 7.4) + 16))}px, 33vw)`;
}

/** The second metric gives way on narrow windows. */
const SECOND = "max-md:hidden";

function Columns({ second }: { second: boolean }) {
  return (
    <>
      <col className={classes(second && SECOND)} />
      <col className={classes("w-[64px] sm:w-[74px]", second && SECOND)} />
      <col className={classes("w-[72px] sm:w-[84px]", second && SECOND)} />
    </>
  );
}

function HeadCells({ second, label, children }: { second: boolean; label: string; children: React.ReactNode }) {
  const hide = second ? SECOND : undefined;
  return (
    <>
      <th scope="col" className={classes("text-left", second && "pl-6!", hide)}>
        {label}
        {children}
      </th>
      <th scope="col" className={classes("text-right", hide)}>
        Now
      </th>
      <th scope="col" className={classes("text-right", second && "pr-0!", hide)}>
        Change
      </th>
    </>
  );
}

function HealthLine({
  row,
  health,
  scales,
  project,
  environment,
}: Place & { row: HealthRow; health: Health; scales: Scale[] }) {
  const label = paramsLabel(row.params);
  const siblings = health.rows.filter(({ workload }) => workload.number === row.workload.number);
  const short = differingLabel(
    row.params,
    siblings.map(({ params }) => params),
  );
  // A phone has room for the name alone then.
  const isLong = row.workload.name.length > 20;
  const asked = { environment: [environment], params: label ? JSON.stringify(row.params) : null };
  return (
    <tr className="[&>*]:h-7 [&>*]:px-1.5">
      <th
        scope="row"
        className="max-w-0 pl-0! text-left font-medium"
        title={[row.workload.name, label].filter(Boolean).join(" ")}
      >
        <span className="flex gap-1">
          <Link
            href={workloadUrl(project, row.workload, asked)}
            prefetch={false}
            className={classes(
              "overflow-hidden hover:underline",
              short && !isLong ? "max-w-[60%] shrink-0" : "min-w-0",
            )}
          >
            <MiddleCut text={row.workload.name} />
          </Link>
          {short && (
            <span className={classes("min-w-0 truncate font-normal text-ink-3", isLong && "max-sm:hidden")}>
              {short}
            </span>
          )}
        </span>
      </th>
      {health.metrics.map((metric, index) => (
        <StripCells
          key={metric.name}
          strip={row.strips[index] ?? null}
          metric={metric}
          scale={scales[index] ?? { unit: metric.unit, factor: 1 }}
          commits={health.commits}
          name={row.workload.name}
          second={index > 0}
          hrefOf={(sha) => workloadUrl(project, row.workload, { ...asked, metric: [metric.name], pin: [sha] })}
        />
      ))}
    </tr>
  );
}

type StripProps = {
  strip: HealthStrip | null;
  metric: HealthMetric;
  scale: Scale;
  commits: Health["commits"];
  name: string;
  second: boolean;
  hrefOf: (sha: string) => string;
};

function StripCells({ strip, metric, scale, commits, name, second, hrefOf }: StripProps) {
  const router = useRouter();
  const hide = second ? SECOND : undefined;
  if (!strip)
    return (
      <td colSpan={3} className={classes("text-ink-3", second && "pl-6!", hide)}>
        not measured
      </td>
    );
  const { now, base, steps, values, marks } = strip;
  const change = now !== null && base ? now / base - 1 : null;
  const textOf = (index: number) => {
    const commit = commits[index];
    const value = values[index] ?? null;
    const shown = value === null ? "failed or not measured" : formatValue(value, scale);
    const against = value !== null && base ? `, ${formatChange(value / base - 1)}` : "";
    return `${shortSha(commit?.sha)}, ${formatDate(commit?.committedAt)}: ${shown}${against}`;
  };
  return (
    <>
      <td className={classes("align-middle", second && "pl-6!", hide)}>
        <HeatStrip
          cells={steps.map((step) => ({ step }))}
          marks={marks.map(({ at, direction }) => ({ at, tone: toneOf(direction) }))}
          summary={`${metricLabel(metric.name, metric.displayName)} of ${name} over ${plural(commits.length, "measured commit")}: now ${formatValue(now, scale)}, ${formatChange(change)} against the level at the left edge`}
          textOf={textOf}
          onPick={(index) => {
            const sha = commits[index]?.sha;
            if (sha) router.push(hrefOf(sha));
          }}
        />
      </td>
      <td className={classes("text-right font-medium whitespace-nowrap", hide)}>{formatValue(now, scale)}</td>
      <td className={classes("text-right whitespace-nowrap", second && "pr-0!", hide)}>
        {now !== null && base !== null && (
          <Delta
            tone={toneOfChange(base, now, metric.better, LEAST)}
            way={wayOf(now - base)}
            text={change === null ? formatDifference(now - base, scale) : formatChange(change)}
          />
        )}
      </td>
    </>
  );
}
