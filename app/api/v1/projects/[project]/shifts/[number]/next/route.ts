import { NotFound } from "@/lib/errors";
import { originOf } from "@/lib/http/origin";
import { NextQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { readNext } from "@/lib/queries/next";

/** Which commit to run next for a shift, and how often. */
export const GET = route({ scope: "read", query: NextQuery }, ({ request, actor, params, query }) => {
  const { project = "", number = "" } = params;
  if (!/^\d{1,9}$/.test(number)) throw new NotFound(`Shifts have numbers; '${number}' is none.`);
  return readNext(actor, project, Number(number), { where: query.environment, origin: originOf(request) });
});
