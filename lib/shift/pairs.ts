import { toneOf } from "../format/verdict";
import type { ChangepointDirection, Json } from "../model/words";
import { leadingEnvironment } from "./summary";

/** What a series of a shift is chosen by. */
export type Paired = {
  workload: string;
  params: Json;
  metric: string;
  environment: string;
  direction: ChangepointDirection;
  change: number | null;
};

/** One case and metric that moved: as it moved in the environment that is shown, and elsewhere. */
export type Pair<Member extends Paired> = {
  key: string;
  lead: Member;
  /** False: it moved only elsewhere. */
  isHere: boolean;
  others: Member[];
};

/** Where most of the shift was seen; the one asked for if it was seen there. */
export function mainEnvironment(shift: { members: readonly Paired[] }, asked: string | null): string | null {
  if (asked !== null && shift.members.some(({ environment }) => environment === asked)) return asked;
  return leadingEnvironment(shift.members);
}

/** Members by case and metric, in the order of the shift's members (largest first); those of `environment` lead. */
export function pairsOf<Member extends Paired>(members: readonly Member[], environment: string | null): Pair<Member>[] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const key = JSON.stringify([member.workload, member.params, member.metric]);
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  const pairs = [...groups].map(([key, group]): Pair<Member> => {
    const here = group.find((member) => member.environment === environment);
    const lead = here ?? (group[0] as Member);
    return { key, lead, isHere: here !== undefined, others: group.filter((member) => member !== lead) };
  });
  return pairs.sort((a, b) => Number(b.isHere) - Number(a.isHere) || sizeOf(b.lead) - sizeOf(a.lead));
}

const sizeOf = ({ change }: Paired) => Math.abs(change ?? Number.POSITIVE_INFINITY);

export function sideOf({ direction }: Pick<Paired, "direction">): "worse" | "better" | "other" {
  const tone = toneOf(direction);
  return tone === "worse" || tone === "better" ? tone : "other";
}

/** Most charts of a shift's page. */
const MOST_CHARTS = 4;

/**
 * The charts of a shift: the largest change for the worse, the largest for the better, then the largest of each other
 * metric, then whatever is largest. Page and picture draw the same ones first.
 */
export function chartsOf<Member extends Paired>(pairs: readonly Pair<Member>[], most = MOST_CHARTS): Member[] {
  const here = pairs.some(({ isHere }) => isHere) ? pairs.filter(({ isHere }) => isHere) : pairs;
  const members = here.map(({ lead }) => lead);
  const chosen: Member[] = [];
  const take = (member: Member | undefined) => {
    if (member && !chosen.includes(member) && chosen.length < most) chosen.push(member);
  };
  take(members.find((member) => sideOf(member) === "worse"));
  take(members.find((member) => sideOf(member) === "better"));
  for (const member of members) if (!chosen.some(({ metric }) => metric === member.metric)) take(member);
  for (const member of members) take(member);
  return chosen;
}
