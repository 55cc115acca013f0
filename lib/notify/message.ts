import { type MessageKind, matching, type RouteFilter } from "../model/notification";
import type { Better, ShiftDirection } from "../model/words";

/** One step of the shift as a message tells it; before and after in `unit`. */
export type ToldMember = {
  workload: string;
  params: string;
  metric: string;
  metricName: string | null;
  unit: string;
  better: Better;
  environment: string;
  before: number;
  after: number;
  change: number | null;
  difference: number;
  interval: [number, number] | null;
};

/** What is told, stored as it was known then: a message never changes. */
export type MessageBody = {
  project: string;
  projectName: string;
  repository: string | null;
  shift: number;
  title: string;
  direction: ShiftDirection;
  lastGood: string;
  firstShifted: string;
  /** When the first shifted commit was made; null: not known. */
  committedAt: string | null;
  /** Commits in the range; null: it is off the line. */
  commits: number | null;
  /** The pull request, where the range holds one commit and that has one. */
  pullRequest: number | null;
  /** Case x metric x environment, all of them. */
  changepoints: number;
  /** The largest, at most MEMBERS: by these routes are chosen. */
  members: ToldMember[];
  /** Why it is over, or that it is back: a sentence; null when it is confirmed for the first time. */
  because: string | null;
};

/** Members that a message keeps. A shift over more of them is chosen by its largest. */
export const MEMBERS = 500;

/** A message on its way to a route: what it says there. */
export type Message = {
  kind: MessageKind;
  /** The same for every try and every route: a receiver that has seen it may drop it. */
  id: string;
  at: string;
  /** Address of the shift's page, absolute. */
  url: string;
  /** Address of its picture, absolute; null where a private project shows none. */
  image: string | null;
  body: MessageBody;
};

/** The body as a route gets it: the members by which it was chosen lead. null: this route is not for it. */
export function forRoute(filter: RouteFilter, body: MessageBody): MessageBody | null {
  const chosen = matching(filter, body.direction, body.members);
  if (chosen.length === 0) return null;
  return { ...body, members: [...chosen, ...body.members.filter((member) => !chosen.includes(member))] };
}
