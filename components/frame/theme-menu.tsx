"use client";
import { Moon } from "lucide-react";
import { useState } from "react";
import { iconButtonClasses } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { apiUrl } from "@/lib/urls/api";
import type { Theme } from "./themes";

const CHOICES = [
  { key: "system", label: "As the system" },
  { key: "light", label: "Light" },
  { key: "dark", label: "Dark" },
] as const;

/** Light, dark, or as the system. The page turns at once; the server remembers for the next one. */
export function ThemeMenu({ theme }: { theme: Theme | null }) {
  const [chosen, setChosen] = useState<string>(theme ?? "system");
  const choose = (key: (typeof CHOICES)[number]["key"]) => {
    setChosen(key);
    if (key === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = key;
    // Not remembered is no fault of the page that is open: the choice holds until it is left.
    fetch(apiUrl.theme, { method: "POST", body: key }).catch(() => undefined);
  };
  return (
    <Menu
      label="Theme"
      align="end"
      className={iconButtonClasses()}
      trigger={<Moon className="size-4" strokeWidth={1.5} aria-hidden />}
      items={CHOICES.map(({ key, label }) => ({ key, label, selected: key === chosen, onSelect: () => choose(key) }))}
    />
  );
}
