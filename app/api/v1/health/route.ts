import { answer } from "@/lib/http/route";
import { readHealth } from "@/lib/queries/serverHealth";
import { version } from "@/package.json";

/** For load balancers and people: needs no token, reads no project. */
export async function GET(): Promise<Response> {
  const health = await readHealth();
  return answer({ ...health, version }, { status: health.status === "ok" ? 200 : 503 });
}
