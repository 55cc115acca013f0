import { type Handler, route } from "@/lib/http/route";
import { SeriesPictureQuery } from "@/lib/http/shareQueries";
import { seriesPicture } from "@/lib/image/seriesPicture";
import { readableProject } from "@/lib/queries/project";
import { readSeries } from "@/lib/queries/series";
import type { PictureFormat } from "@/lib/urls/share";
import { answerPicture } from "./answerPicture";

/** Points that a chart is drawn from, as on the pages. */
const POINTS = 1200;

/** The picture of any chart, with the figures that its page shows. */
export const seriesPictureRoute = (format: PictureFormat): Handler =>
  route({ scope: "read", query: SeriesPictureQuery }, async ({ request, actor, params, query }) => {
    const { project: slug = "" } = params;
    const { theme, width, height, x, scale, ...asked } = query;
    const { visibility } = await readableProject(actor, slug);
    const series = await readSeries(actor, slug, { ...asked, samples: false, thin: POINTS });
    return answerPicture(request, seriesPicture(series, { theme, width, height, x, y: scale }), format, visibility);
  });
