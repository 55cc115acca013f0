import { withSignature } from "@/lib/auth/sharedLinks";
import { type Handler, route } from "@/lib/http/route";
import { ShiftPictureQuery } from "@/lib/http/shareQueries";
import { shiftNumber } from "@/lib/http/shiftNumber";
import { shiftPicture } from "@/lib/image/shiftPicture";
import { readableProject } from "@/lib/queries/project";
import { readShift } from "@/lib/queries/shift";
import type { PictureFormat } from "@/lib/urls/share";
import { answerPicture } from "./answerPicture";

/** The picture of a shift. Of a private project also for whoever brings the signature of this very shift. */
export const shiftPictureRoute = (format: PictureFormat): Handler =>
  route({ scope: "read", query: ShiftPictureQuery }, async ({ request, actor, params, query }) => {
    const { project: slug = "" } = params;
    const number = shiftNumber(params.number);
    const reader = await withSignature(actor, slug, { kind: "shift image", number }, query.signature);
    const { visibility } = await readableProject(reader, slug);
    const shift = await readShift(reader, slug, number);
    return answerPicture(request, shiftPicture(shift, query.theme), format, visibility);
  });
