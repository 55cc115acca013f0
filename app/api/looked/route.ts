import { cookies } from "next/headers";
import { look, lookedCookie, parseVisits, writeVisits } from "@/components/overview/visits";

const YEAR_SECONDS = 365 * 24 * 3600;
/** Longer than any slug. */
const LONGEST = 100;

/** Remembers in a cookie that the overview of the project named in the body was looked at now. */
export async function POST(request: Request): Promise<Response> {
  const name = lookedCookie((await request.text()).slice(0, LONGEST));
  const visits = look(parseVisits((await cookies()).get(name)?.value), Date.now());
  const cookie = `${name}=${writeVisits(visits)}; Max-Age=${YEAR_SECONDS}; Path=/; SameSite=Lax; HttpOnly`;
  return new Response(null, { status: 204, headers: { "set-cookie": cookie } });
}
