import { shiftPictureRoute } from "@/app/api/v1/shiftPictureRoute";

/** The picture of a shift as SVG. */
export const GET = shiftPictureRoute("svg");
