"use client";
import { Moon } from "lucide-react";
import { useSyncExternalStore } from "react";
import { iconButtonClasses } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { setTheme } from "./set-theme";
import type { Theme } from "./themes";

const CHOICES = [
  { key: "system", label: "As the system" },
  { key: "light", label: "Light" },
  { key: "dark", label: "Dark" },
] as const;

/** The palette sets it too. */
function watchTheme(tell: () => void): () => void {
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** Light, dark, or as the system. The page turns at once; the server remembers for the next one. */
export function ThemeMenu({ theme }: { theme: Theme | null }) {
  const chosen = useSyncExternalStore(
    watchTheme,
    () => document.documentElement.dataset.theme ?? "system",
    () => theme ?? "system",
  );
  return (
    <Menu
      label="Theme"
      align="end"
      className={iconButtonClasses()}
      trigger={<Moon className="size-4" strokeWidth={1.5} aria-hidden />}
      items={CHOICES.map(({ key, label }) => ({ key, label, selected: key === chosen, onSelect: () => setTheme(key) }))}
    />
  );
}
