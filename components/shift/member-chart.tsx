"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { type AxisCommit, createChartStore } from "@/components/charts/chart-store";
import { Crosshair } from "@/components/charts/crosshair";
import { AXIS_HEIGHT, DateAxis } from "@/components/charts/date-axis";
import { EventFlags } from "@/components/charts/event-flags";
import { PointedAt } from "@/components/charts/pointed-at";
import { PointerLayer } from "@/components/charts/pointer-layer";
import { TrendChart } from "@/components/charts/trend-chart";
import { useWidth } from "@/components/charts/use-width";
import { Delta } from "@/components/ui/delta";
import { dateTicks } from "@/lib/chart/dates";
import { frameOf } from "@/lib/chart/frame";
import { memberTrend } from "@/lib/chart/memberTrend";
import type { Trend } from "@/lib/chart/trend";
import { formatInterval } from "@/lib/format/change";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import { formatScaled, formatValue, type Scale } from "@/lib/format/unit";
import { toneOf, wayOf } from "@/lib/format/verdict";
import type { ShiftRead } from "@/lib/queries/shift";
import { commitUrl } from "@/lib/urls/commit";
import { workloadUrl } from "@/lib/urls/workload";
import type { DrawnMember } from "./pairs";
import { changeText } from "./words";

const HEIGHT = 148;

type Props = {
  slug: string;
  member: DrawnMember;
  window: { from: number; to: number };
  range: { from: number; to: number };
  events: ShiftRead["events"];
  months: readonly { position: number; committedAt: string }[];
};

/** One series of the shift, zoomed to the change, with the range of commits shaded. */
export function MemberChart({ slug, member, window, range, events, months }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [store] = useState(createChartStore);
  const router = useRouter();
  const { domain, trend, commits } = useMemo(() => layOut(member, window, events), [member, window, events]);
  const tone = toneOf(member.direction);
  const frame =
    width === null
      ? null
      : frameOf({ width, height: HEIGHT }, domain, trend.y, { top: 6, right: 4, bottom: 4, left: 56 });
  const points = useMemo(() => new Map(trend.points.map((point) => [point.sha, point])), [trend]);
  return (
    <figure className="min-w-0">
      <Caption slug={slug} member={member} scale={trend.scale} />
      <div ref={ref} className="relative mt-1.5" style={{ height: HEIGHT + AXIS_HEIGHT }}>
        {frame && (
          <>
            <div className="relative" style={{ height: HEIGHT }}>
              <TrendChart
                trend={trend}
                frame={frame}
                label={describe(member, trend)}
                range={{ ...range, tone: tone === "worse" || tone === "better" ? tone : "plain" }}
                hideLines
              />
              <PointerLayer
                frame={frame}
                store={store}
                commits={commits}
                onPick={({ sha }) => router.push(commitUrl(slug, sha))}
              />
              <Crosshair frame={frame} store={store} points={points} pins={[]} />
              <EventFlags events={trend.events} frame={frame} />
            </div>
            <DateAxis ticks={dateTicks(monthPlaces(months), datedPlaces(commits), domain, frame.x)} frame={frame} />
            <PointedAt store={store} trend={trend} />
          </>
        )}
      </div>
    </figure>
  );
}

function layOut(member: DrawnMember, window: { from: number; to: number }, all: ShiftRead["events"]) {
  const events = all.filter((one) => concerns(one, member)).map((one) => ({ ...one, at: null }));
  const { domain, trend } = memberTrend({ ...member, events }, window, HEIGHT);
  const commits = trend.points.map(({ sha, x, position, committedAt, pullRequest }) => ({
    sha,
    x,
    position,
    committedAt,
    pullRequest,
  }));
  return { domain, trend, commits };
}

/** Does a note hold for a series? What it does not name, it holds for all of. */
const concerns = (event: ShiftRead["events"][number], member: DrawnMember): boolean =>
  (event.environment ?? member.environment) === member.environment &&
  (event.workload ?? member.workload) === member.workload &&
  (event.metric ?? member.metric) === member.metric;

const monthPlaces = (months: Props["months"]) =>
  months.map(({ position, committedAt }) => ({ x: position, at: committedAt }));
const datedPlaces = (commits: readonly AxisCommit[]) => commits.map(({ x, committedAt }) => ({ x, at: committedAt }));

/** Workload and metric, before and after, change. On a phone in two rows, with the interval. */
function Caption({ slug, member, scale }: { slug: string; member: DrawnMember; scale: Scale }) {
  const { workload, workloadNumber, params, metric, metricName, environment, before, after, interval } = member;
  const given = paramsLabel(params);
  const selection = { environment: [environment], metric: [metric], params: given ? JSON.stringify(params) : null };
  return (
    <figcaption className="flex flex-wrap items-baseline gap-x-1.5">
      <Link
        href={workloadUrl(slug, { number: workloadNumber, name: workload }, selection)}
        className="min-w-0 truncate font-medium hover:underline underline-offset-3"
        prefetch={false}
      >
        {workload}
      </Link>
      <span className="truncate text-ink-3">
        {metricInSentence(metricLabel(metric, metricName))}
        {scale.unit && `, ${scale.unit}`}
        {given && `, ${given}`}
      </span>
      <span className="grow max-sm:basis-full" />
      <span className="mr-2 whitespace-nowrap max-sm:text-[16px] max-sm:leading-6">
        <span className="text-ink-2">{formatScaled(before, scale)}</span> <span className="text-ink-3">→</span>{" "}
        <span className="font-medium">{formatValue(after, scale)}</span>
      </span>
      <Delta
        tone={toneOf(member.direction)}
        way={wayOf(member.difference)}
        text={changeText(member)}
        className="max-sm:ml-auto max-sm:text-read"
      />
      <span className="hidden basis-full text-label text-ink-3 max-sm:block">
        95 % interval {interval && member.change !== null ? `${formatInterval(...interval)} %` : "cannot be told"},{" "}
        {member.pointsBefore} and {plural(member.pointsAfter, "point")}
      </span>
    </figcaption>
  );
}

function describe(member: DrawnMember, trend: Trend): string {
  const label = metricLabel(member.metric, member.metricName);
  const notes = trend.events.length > 0 ? `; events: ${trend.events.map(({ text }) => text).join(", ")}` : "";
  const levels = `${formatValue(member.before, trend.scale)} to ${formatValue(member.after, trend.scale)}`;
  return `${label} of ${member.workload} in ${member.environment}: from ${levels}, ${changeText(member)}, between ${shortSha(member.lastGood)} and ${shortSha(member.firstShifted)}${notes}`;
}
