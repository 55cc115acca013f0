export { groupShifts } from "./group";
