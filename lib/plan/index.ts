export { planNext } from "./plan";
export type { Candidate, MemberRun, Plan, PlanInput, PlanMember, PlanState } from "./types";
