import Link from "next/link";
import { MemberDelta } from "@/components/frame/largest";
import { Section } from "@/components/frame/page-head";
import { Segmented } from "@/components/ui/segmented";
import { Sparkline } from "@/components/ui/sparkline";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatInterval, formatP } from "@/lib/format/change";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatDifference, formatQuantity, scaleFor } from "@/lib/format/unit";
import { toneOfChange } from "@/lib/format/verdict";
import type { ShiftRead } from "@/lib/queries/shift";
import { type ShiftSelection, shiftUrl } from "@/lib/urls/shift";
import { workloadUrl } from "@/lib/urls/workload";
import { type DrawnMember, type Pair, sideOf } from "./pairs";

/** Rows before somebody asks for all. */
const FIRST_ROWS = 15;

type Props = { shift: ShiftRead; pairs: Pair[]; environment: string | null; selection: ShiftSelection };

/** Every case and metric that moved with the shift, the other environments beside it. */
export function AlsoMoved({ shift, pairs, environment, selection }: Props) {
  const { slug } = shift.project;
  const names = shift.summary.environments.map(({ name }) => name);
  const others = names.filter((name) => name !== environment);
  const matching = pairs.filter(({ lead }) => selection.show === "all" || sideOf(lead) === selection.show);
  const rows = selection.all ? matching : matching.slice(0, FIRST_ROWS);
  const urlOf = (change: Partial<ShiftSelection>) => shiftUrl(slug, shift.number, { ...selection, ...change });
  const count = (side: "worse" | "better") => pairs.filter(({ lead }) => sideOf(lead) === side).length;
  return (
    <Section
      title="Also moved"
      note={noteOf(shift, pairs, environment, others)}
      right={
        <span className="flex flex-wrap gap-2">
          {names.length > 1 && (
            <Segmented
              label="Environment"
              items={names.map((name) => ({
                key: name,
                label: name,
                href: urlOf({ environment: name }),
                current: name === environment,
              }))}
            />
          )}
          <Segmented
            label="Direction"
            items={(["all", "worse", "better"] as const).map((show) => ({
              key: show,
              label: show === "all" ? "All" : show === "worse" ? "Worse" : "Better",
              count: String(show === "all" ? pairs.length : count(show)),
              href: urlOf({ show }),
              current: show === selection.show,
            }))}
          />
        </span>
      }
    >
      <Table label="Series that moved">
        <thead>
          <tr>
            <Head>Workload</Head>
            <Head className="max-md:hidden">Metric</Head>
            <Head>
              <span className="max-md:sr-only">Around the range</span>
            </Head>
            <Head numeric>Change</Head>
            <Head numeric className="max-md:hidden">
              95 % interval
            </Head>
            <Head numeric className="max-md:hidden">
              Before
            </Head>
            <Head numeric className="max-md:hidden">
              After
            </Head>
            <Head numeric className="max-md:hidden">
              p
            </Head>
            <Head numeric className="max-lg:hidden">
              Points
            </Head>
            {others.slice(0, 2).map((name) => (
              <Head key={name} numeric className="max-md:hidden">
                {name}
              </Head>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((pair) => (
            <PairRow key={pair.key} slug={slug} pair={pair} others={others.slice(0, 2)} />
          ))}
        </tbody>
      </Table>
      {rows.length < matching.length && (
        <p className="mt-3 text-label">
          <Link href={urlOf({ all: true })} scroll={false} className="link">
            Show {matching.length - rows.length} more
          </Link>
        </p>
      )}
      {shift.members.length < shift.membersTotal && (
        <p className="mt-3 text-label text-ink-3">
          The largest {shift.members.length} of {shift.membersTotal} changepoints are listed.
        </p>
      )}
    </Section>
  );
}

function noteOf(shift: ShiftRead, pairs: Pair[], environment: string | null, others: string[]): string {
  const here = pairs.filter(({ isHere }) => isHere).length;
  const elsewhere = pairs.length - here;
  const beside = others.length > 0 ? `, ${others.slice(0, 2).join(" and ")} beside them` : "";
  const more = elsewhere > 0 ? `; ${elsewhere} only elsewhere` : "";
  return environment === null
    ? `${shift.membersTotal}`
    : `${plural(here, "series", "series")} in ${environment}${beside}${more}`;
}

function PairRow({
  slug,
  pair: { lead, isHere, others: moved },
  others,
}: {
  slug: string;
  pair: Pair;
  others: string[];
}) {
  const { workload, workloadNumber, params, metric, metricName, environment } = lead;
  const given = paramsLabel(params);
  const href = workloadUrl(
    slug,
    { number: workloadNumber, name: workload },
    { environment: [environment], metric: [metric], params: given ? JSON.stringify(params) : null },
  );
  const label = metricLabel(metric, metricName);
  const elsewhere = isHere ? "" : ` in ${environment}`;
  const scale = scaleFor([lead.before, lead.after], lead.unit);
  return (
    <Row>
      <Cell className="max-md:py-1.5">
        <Link href={href} className="font-medium hover:underline underline-offset-3" prefetch={false}>
          <span className="[overflow-wrap:anywhere]">{workload}</span>
        </Link>
        {given && <span className="text-ink-3"> {given}</span>}
        <span className="block text-ink-3 md:hidden">
          {label}
          {elsewhere}
        </span>
      </Cell>
      <Cell className="text-ink-2 max-md:hidden">
        {label}
        <span className="text-ink-3">{elsewhere}</span>
      </Cell>
      <Cell>
        <MemberSpark member={lead} />
      </Cell>
      <Cell numeric>
        <MemberDelta member={lead} />
      </Cell>
      <Cell numeric className="text-ink-2 max-md:hidden">
        {intervalText(lead)}
      </Cell>
      <Cell numeric className="max-md:hidden">
        {formatQuantity(lead.before, lead.unit)}
      </Cell>
      <Cell numeric className="font-medium max-md:hidden">
        {formatQuantity(lead.after, lead.unit)}
      </Cell>
      <Cell numeric className="text-ink-2 max-md:hidden">
        {formatP(lead.p)}
      </Cell>
      <Cell numeric className="text-ink-2 max-lg:hidden">
        {lead.pointsBefore} · {lead.pointsAfter}
      </Cell>
      {others.map((name) => {
        const there = isHere
          ? moved.find((member) => member.environment === name)
          : lead.environment === name
            ? lead
            : undefined;
        return (
          <Cell key={name} numeric className="max-md:hidden">
            {there && there !== lead ? <MemberDelta member={there} /> : <span className="text-ink-4">–</span>}
          </Cell>
        );
      })}
    </Row>
  );

  function intervalText({ interval, change }: DrawnMember): string {
    if (!interval) return "cannot be told";
    if (change !== null) return formatInterval(...interval);
    return interval.map((end) => formatDifference(end, scale)).join(" … ");
  }
}

/** The line of a member around the range, with the steps in the colour of their verdict. */
export function MemberSpark({
  member,
  width = 96,
}: {
  member: Pick<DrawnMember, "points" | "segments" | "better">;
  width?: number;
}) {
  const { points, segments, better } = member;
  const [first, last] = [points[0]?.position ?? 0, points.at(-1)?.position ?? 0];
  const cut = (place: number) => Math.min(last, Math.max(first, place));
  const data = {
    points: points.map(({ position, value }) => ({ x: position, y: value })),
    segments: segments.map((segment, i) => ({
      from: cut(segment.first),
      to: cut(segments[i + 1]?.track === segment.track ? (segments[i + 1]?.first ?? segment.last) : segment.last),
      level: segment.level,
    })),
  };
  const tones = segments.map((segment, i) => {
    const before = segments[i - 1];
    return before && before.track === segment.track ? toneOfChange(before.level, segment.level, better, 0) : null;
  });
  return <Sparkline data={data} tones={tones} width={width} height={24} />;
}
