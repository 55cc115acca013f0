import { originOf } from "@/lib/http/origin";
import { route } from "@/lib/http/route";
import { describeApi } from "@/lib/openapi/document";
import { version } from "@/package.json";

/** The description of this API, with the address under which it was asked. */
export const GET = route({ scope: "read" }, ({ request }) => describeApi(originOf(request), version));
