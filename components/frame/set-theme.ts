import { apiUrl } from "@/lib/urls/api";
import type { Theme } from "./themes";

/** Turns the page that is open at once; the server remembers for the next one. */
export function setTheme(key: Theme | "system"): void {
  if (key === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = key;
  // Not remembered is no fault of the page that is open: the choice holds until it is left.
  fetch(apiUrl.theme, { method: "POST", body: key }).catch(() => undefined);
}
