import { TokenBody } from "@/ingest/schema";
import { createToken } from "@/lib/commands/createToken";
import { PageQuery } from "@/lib/http/queries";
import { answer, route } from "@/lib/http/route";
import { listTokens } from "@/lib/queries/tokens";

export const GET = route({ scope: "admin", query: PageQuery }, ({ actor, params, query }) =>
  listTokens(actor, params.project ?? "", query),
);

export const POST = route({ scope: "admin", body: TokenBody }, async ({ actor, params, body }) =>
  answer(await createToken(actor, params.project ?? "", body), { status: 201 }),
);
