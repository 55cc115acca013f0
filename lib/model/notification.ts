import type { ShiftDirection } from "./words";

/** Ways in which a message leaves the server. */
export const CHANNELS = ["webhook", "slack", "email", "github"] as const;
export type Channel = (typeof CHANNELS)[number];

/** When a route passes its messages on: each at once, or all of a day or week together. */
export const DIGESTS = ["none", "daily", "weekly"] as const;
export type Digest = (typeof DIGESTS)[number];

/** What is told of a shift. test: what an admin sends to try a route. */
export const MESSAGE_KINDS = ["confirmed", "resolved", "withdrawn", "test"] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** What became of a message on its way to one route; held: it waits for the digest. */
export const DELIVERY_STATES = ["waiting", "held", "delivered", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Which shifts a route is for. Everything that is named must hold; of several members one that meets all is enough. */
export type RouteFilter = {
  directions: ShiftDirection[];
  /** Name of a workload, or how it begins; null: any. */
  workload: string | null;
  metric: string | null;
  environment: string | null;
  /** Smallest relative change, 0.1 is 10 %, either way; a change that has no ratio passes. */
  minChange: number | null;
};

/** What a route hears of when nothing is said: what got worse, wherever. */
export const DEFAULT_FILTER: RouteFilter = {
  directions: ["regression", "mixed"],
  workload: null,
  metric: null,
  environment: null,
  minChange: null,
};

/** The part of a shift's member that filters look at. */
export type Filtered = { workload: string; metric: string; environment: string; change: number | null };

/** The members by which a shift is for this filter, in their order; none: it is not. */
export function matching<Member extends Filtered>(
  filter: RouteFilter,
  direction: ShiftDirection,
  members: readonly Member[],
): Member[] {
  if (!filter.directions.includes(direction)) return [];
  return members.filter(
    ({ workload, metric, environment, change }) =>
      (filter.workload === null || workload.startsWith(filter.workload)) &&
      (filter.metric === null || metric === filter.metric) &&
      (filter.environment === null || environment === filter.environment) &&
      (filter.minChange === null || change === null || Math.abs(change) >= filter.minChange),
  );
}

/** Is a commit too old to be news? `newest`: of the newest commit on the branch; where a time is not known it is not. */
export function isOldNews(commitAt: string | null, newest: string | null, maxAgeDays: number | null): boolean {
  if (maxAgeDays === null || commitAt === null || newest === null) return false;
  return Date.parse(newest) - Date.parse(commitAt) > maxAgeDays * 86_400_000;
}
