import { shiftPictureRoute } from "@/app/api/v1/shiftPictureRoute";

/** The picture of a shift as PNG. */
export const GET = shiftPictureRoute("png");
