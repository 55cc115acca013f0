import { NotFound } from "@/lib/errors";
import { route } from "@/lib/http/route";
import { readShift } from "@/lib/queries/shift";

/** One shift with its evidence: members, commits of the range, what was told of it. */
export const GET = route({ scope: "read" }, ({ actor, params }) => {
  const { project = "", number = "" } = params;
  if (!/^\d{1,9}$/.test(number)) throw new NotFound(`Shifts have numbers; '${number}' is none.`);
  return readShift(actor, project, Number(number));
});
