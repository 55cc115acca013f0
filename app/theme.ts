import { cookies } from "next/headers";
import { THEMES, type Theme } from "@/components/frame/themes";

export const THEME_COOKIE = "theme";

/** The theme this reader chose; null: that of the system. Known to the server, so the page comes in its colours at once. */
export async function readTheme(): Promise<Theme | null> {
  const value = (await cookies()).get(THEME_COOKIE)?.value;
  return THEMES.find((theme) => theme === value) ?? null;
}
