import type { MemberDrawing, ShiftMember } from "@/lib/queries/members";
import type { Pair as AnyPair } from "@/lib/shift/pairs";

export { chartsOf, mainEnvironment, pairsOf, sideOf } from "@/lib/shift/pairs";

export type DrawnMember = ShiftMember & MemberDrawing;
export type Pair = AnyPair<DrawnMember>;
