import { readProject } from "@/lib/auth/access";
import { feedUrl, shiftImageUrl } from "@/lib/auth/sharedLinks";
import type { Actor } from "@/lib/model/actor";
import type { ShiftState } from "@/lib/model/words";
import { type FeedShift, shiftFeed } from "@/lib/shift/feed";
import { absolute } from "@/lib/urls/absolute";
import { shiftsUrl } from "@/lib/urls/shifts";
import { readShifts, type ShiftsAsked } from "./shifts";

export type FeedAsked = Omit<ShiftsAsked, "sort" | "offset" | "limit"> & { state?: ShiftState | null; limit: number };

/** States that are told: a provisional shift is no news yet, a withdrawn one none any more. */
const TOLD: readonly ShiftState[] = ["confirmed", "recovered"];

/** The newest shifts under the filters as a feed, confirmed and recovered ones unless a state is asked for. */
export async function readFeed(
  actor: Actor,
  slug: string,
  asked: FeedAsked,
  format: "atom" | "json",
  origin: string,
): Promise<string> {
  const project = await readProject(actor, slug);
  const states = asked.state ? [asked.state] : TOLD;
  const found = await Promise.all(
    states.map((state) => readShifts(actor, slug, { ...asked, state, sort: "newest", offset: 0 }, origin)),
  );
  const newest = found
    .flatMap(({ items }) => items)
    .sort((a, b) => timeOf(b) - timeOf(a) || b.number - a.number)
    .slice(0, asked.limit);
  const shifts = await Promise.all(
    newest.map(
      async (shift): Promise<FeedShift> => ({
        ...shift,
        image: await shiftImageUrl(origin, project, shift.number),
      }),
    ),
  );
  const [atom, json] = await Promise.all([feedUrl(origin, project, "atom"), feedUrl(origin, project, "json")]);
  return shiftFeed(project, shifts, { list: absolute(origin, shiftsUrl(slug)), atom, json }, format);
}

const timeOf = ({ firstShiftedAt }: { firstShiftedAt: string | null }) =>
  firstShiftedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(firstShiftedAt);
