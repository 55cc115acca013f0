import { setTheme } from "@/components/frame/set-theme";
import { THEMES, type Theme } from "@/components/frame/themes";
import { COPIES_LINK } from "@/components/ui/copy-link";

/** Something that the palette does on the page that is open. */
export type Action = { label: string; hint?: string; act: () => void };

/** Presses the page's own "Copy link", which knows what is relative in its address; else copies the address as it is. */
function copyLink(): void {
  const own = document.querySelector<HTMLElement>(`[${COPIES_LINK}] button`);
  if (own) own.click();
  // Refused where the page is not served over https: the address bar still has it.
  else navigator.clipboard?.writeText(window.location.href).catch(() => undefined);
}

const THEME_LABEL: Record<Theme, string> = { light: "Theme: light", dark: "Theme: dark" };

export const actionsOf = ({ showKeys }: { showKeys: () => void }): Action[] => [
  { label: "Copy link to this page", act: copyLink },
  { label: "Print this page", act: () => window.print() },
  { label: "Show the keys", hint: "?", act: showKeys },
  ...THEMES.map((theme) => ({ label: THEME_LABEL[theme], act: () => setTheme(theme) })),
  { label: "Theme: as the system", act: () => setTheme("system") },
];
