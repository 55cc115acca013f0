export { SIDE_COMMITS, SIDE_RUNS } from "./constants";
export { planNext } from "./plan";
export { NEXT_STATES, type NextState, reasonOf } from "./reason";
export type { Candidate, MemberRun, Plan, PlanInput, PlanMember, PlanState } from "./types";
