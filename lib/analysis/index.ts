export { type Analysis, analyse, type Progress } from "./analyse";
