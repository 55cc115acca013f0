import type { MemberSeries } from "../chart/memberTrend";
import type { ShiftDirection } from "../model/words";
import type { Paired } from "./pairs";
import type { Counts } from "./summary";
import type { Changed, Standing } from "./words";

/** A series of the shift as the picture needs it. */
export type PictureMember = Paired &
  Changed &
  MemberSeries & {
    metricName: string | null;
    before: number;
    after: number;
    pointsBefore: number;
    pointsAfter: number;
  };

/** A shift as the picture needs it: what readShift gives. */
export type PictureShift = Standing & {
  project: { name: string };
  number: number;
  title: string;
  direction: ShiftDirection;
  summary: Counts;
  lastGood: string;
  firstShifted: string;
  firstShiftedAt: string | null;
  commitsBetween: number | null;
  containedIn: string | null;
  members: readonly PictureMember[];
  window: { from: number; to: number };
  range: { from: number; to: number } | null;
  months: readonly { position: number; committedAt: string }[];
};
