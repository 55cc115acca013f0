import { THEMES } from "@/components/frame/themes";
import { THEME_COOKIE } from "../../theme";

const YEAR_SECONDS = 365 * 24 * 3600;

/** Remembers a theme in a cookie that holds nothing else; any other word forgets it. */
export async function POST(request: Request): Promise<Response> {
  const wanted = await request.text();
  const theme = THEMES.find((one) => one === wanted);
  const cookie = theme ? `${theme}; Max-Age=${YEAR_SECONDS}` : "; Max-Age=0";
  const headers = { "set-cookie": `${THEME_COOKIE}=${cookie}; Path=/; SameSite=Lax; HttpOnly` };
  return new Response(null, { status: 204, headers });
}
