import { seriesPictureRoute } from "@/app/api/v1/seriesPictureRoute";

/** The picture of one chart as PNG. */
export const GET = seriesPictureRoute("png");
