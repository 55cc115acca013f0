import { seriesPictureRoute } from "@/app/api/v1/seriesPictureRoute";

/** The picture of one chart as SVG. */
export const GET = seriesPictureRoute("svg");
