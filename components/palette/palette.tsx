"use client";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { iconButtonClasses } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { FINDER_INPUT, FinderField } from "./finder-field";
import { useKeys, useModifier } from "./use-keys";

const load = () => import("./finder");
const Finder = lazy(() => load().then((module) => ({ default: module.Finder })));

const Keys = lazy(() => import("./keys").then((module) => ({ default: module.Keys })));

/** The palette is sent when somebody reaches for it: with the first of its two keys, or with the pointer on its button. */
function useReady(): void {
  useEffect(() => {
    const reach = ({ key }: KeyboardEvent) => {
      if (key === "Control" || key === "Meta") void load();
    };
    window.addEventListener("keydown", reach);
    return () => window.removeEventListener("keydown", reach);
  }, []);
}

/** Takes what is typed while the palette is on its way. */
function Early({ typed, onTyped }: { typed: string; onTyped: (text: string) => void }) {
  return (
    <FinderField>
      <input
        {...FINDER_INPUT}
        aria-label="Jump to"
        aria-busy="true"
        value={typed}
        onChange={({ target }) => onTyped(target.value)}
      />
    </FinderField>
  );
}

/** The button that opens the palette, the palette itself, and the list of keys. */
export function Palette({ project }: { project: string }) {
  const [open, setOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const [typed, setTyped] = useState("");
  const show = (isOpen: boolean) => {
    if (isOpen) setTyped("");
    setOpen(isOpen);
  };
  const modifier = useModifier();
  useReady();
  const keys = useMemo(
    () => ({
      "mod+k": () => {
        setTyped("");
        setOpen((now) => !now);
      },
      "?": () => setHelp(true),
      "/": () => document.querySelector<HTMLInputElement>("input[data-filter]")?.focus(),
    }),
    [],
  );
  useKeys(keys);
  return (
    <>
      <button
        type="button"
        onClick={() => show(true)}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        aria-label="Jump to a workload, shift, release, commit or page"
        className="flex h-(--control) items-center gap-2 rounded-2 bg-surface pr-1.5 pl-2.5 text-ink-3 hover:bg-surface-2 max-md:w-(--control) max-md:justify-center max-md:bg-transparent max-md:p-0 md:w-58"
      >
        <Search className="size-4" strokeWidth={1.5} aria-hidden />
        <span className="max-md:hidden">Jump to…</span>
        <span className="ml-auto max-md:hidden">
          <Kbd>{modifier}K</Kbd>
        </span>
      </button>
      <button
        type="button"
        aria-label="Keys"
        title="Keys"
        onClick={() => setHelp(true)}
        className={iconButtonClasses("ghost", "max-sm:hidden")}
      >
        ?
      </button>
      <Dialog.Root open={open} onOpenChange={show}>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-bg/60" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-[600px] rounded-3 bg-raised shadow-float outline-none"
          >
            <Dialog.Title className="sr-only">Jump to</Dialog.Title>
            <Suspense fallback={<Early typed={typed} onTyped={setTyped} />}>
              <Finder
                project={project}
                typed={typed}
                onTyped={setTyped}
                close={() => setOpen(false)}
                showKeys={() => setHelp(true)}
              />
            </Suspense>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      {help && (
        <Suspense>
          <Keys open onOpenChange={setHelp} />
        </Suspense>
      )}
    </>
  );
}
