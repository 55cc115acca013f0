import { toneOf } from "@/lib/format/verdict";
import type { MemberDrawing, ShiftMember } from "@/lib/queries/members";
import type { ShiftRead } from "@/lib/queries/shift";
import { leadingEnvironment } from "@/lib/shift/summary";

export type DrawnMember = ShiftMember & MemberDrawing;

/** One case and metric that moved: as it moved in the environment that is shown, and elsewhere. */
export type Pair = {
  key: string;
  lead: DrawnMember;
  /** False: it moved only elsewhere. */
  isHere: boolean;
  others: DrawnMember[];
};

/** Where most of the shift was seen; the one asked for if it was seen there. */
export function mainEnvironment(shift: Pick<ShiftRead, "members">, asked: string | null): string | null {
  if (asked !== null && shift.members.some(({ environment }) => environment === asked)) return asked;
  return leadingEnvironment(shift.members);
}

/** Members by case and metric, in the order of the shift's members (largest first); those of `environment` lead. */
export function pairsOf(members: readonly DrawnMember[], environment: string | null): Pair[] {
  const groups = new Map<string, DrawnMember[]>();
  for (const member of members) {
    const key = JSON.stringify([member.workload, member.params, member.metric]);
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  const pairs = [...groups].map(([key, group]): Pair => {
    const here = group.find((member) => member.environment === environment);
    const lead = here ?? (group[0] as DrawnMember);
    return { key, lead, isHere: here !== undefined, others: group.filter((member) => member !== lead) };
  });
  return pairs.sort((a, b) => Number(b.isHere) - Number(a.isHere) || sizeOf(b.lead) - sizeOf(a.lead));
}

const sizeOf = (member: ShiftMember) => Math.abs(member.change ?? Number.POSITIVE_INFINITY);

export function sideOf(member: ShiftMember): "worse" | "better" | "other" {
  const tone = toneOf(member.direction);
  return tone === "worse" || tone === "better" ? tone : "other";
}

/** Most charts of a shift's page. */
const MOST_CHARTS = 4;

/**
 * The charts of the page: the largest change for the worse, the largest for the better, then the largest of each other
 * metric, then whatever is largest.
 */
export function chartsOf(pairs: readonly Pair[]): DrawnMember[] {
  const here = pairs.some(({ isHere }) => isHere) ? pairs.filter(({ isHere }) => isHere) : pairs;
  const members = here.map(({ lead }) => lead);
  const chosen: DrawnMember[] = [];
  const take = (member: DrawnMember | undefined) => {
    if (member && !chosen.includes(member) && chosen.length < MOST_CHARTS) chosen.push(member);
  };
  take(members.find((member) => sideOf(member) === "worse"));
  take(members.find((member) => sideOf(member) === "better"));
  for (const member of members) if (!chosen.some(({ metric }) => metric === member.metric)) take(member);
  for (const member of members) take(member);
  return chosen;
}
