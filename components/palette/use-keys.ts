"use client";
import { useEffect, useSyncExternalStore } from "react";

/** Is somebody typing here? Then single letters are letters. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit)$/.test(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName));
}

/** What floats over the page has its own keys: letters do nothing to the page behind it. */
function isFloating(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[role=dialog], [role=menu], [role=listbox]") !== null;
}

/**
 * Answers keys wherever the focus is: "mod+k" is Cmd-K on a Mac and Ctrl-K elsewhere, single characters ("?", "/") only
 * count outside text fields, dialogs and menus. What works is listed in key-map.ts.
 */
export function useKeys(keys: Record<string, () => void>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const modified = event.metaKey || event.ctrlKey;
      if (event.altKey || (!modified && (isTyping(event.target) || isFloating(event.target)))) return;
      const answer = keys[modified ? `mod+${event.key.toLowerCase()}` : event.key];
      if (!answer) return;
      event.preventDefault();
      answer();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [keys]);
}

const never = () => () => undefined;

/** The name of the modifier key on this machine; "Ctrl" until the browser has told. */
export function useModifier(): string {
  const isMac = useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  );
  return isMac ? "⌘" : "Ctrl ";
}
