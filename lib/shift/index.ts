export { groupShifts } from "./group";
export { REPORTED_MEMBERS, rank, summarise } from "./summary";
export { shiftTitle } from "./title";
