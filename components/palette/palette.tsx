"use client";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useDeferredValue, useMemo, useState } from "react";
import { MemberDelta, memberName } from "@/components/frame/largest";
import { iconButtonClasses } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { read } from "@/lib/api/read";
import { formatDate } from "@/lib/format/time";
import type { PaletteAnswer } from "@/lib/queries/frame";
import { apiUrl } from "@/lib/urls/api";
import { apiDocsUrl } from "@/lib/urls/apiDocs";
import { compareUrl } from "@/lib/urls/compare";
import { overviewUrl } from "@/lib/urls/overview";
import { shiftUrl } from "@/lib/urls/shift";
import { shiftsUrl } from "@/lib/urls/shifts";
import { workloadUrl } from "@/lib/urls/workload";
import { workloadsUrl } from "@/lib/urls/workloads";
import { Keys } from "./keys";
import { useKeys, useModifier } from "./use-keys";

/** The button that opens the palette, the palette itself, and the list of keys. */
export function Palette({ project }: { project: string }) {
  const [open, setOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const modifier = useModifier();
  const keys = useMemo(
    () => ({
      "mod+k": () => setOpen((now) => !now),
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
        onClick={() => setOpen(true)}
        aria-label="Jump to a workload, shift or page"
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
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-bg/60" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-[600px] rounded-3 bg-raised shadow-float outline-none"
          >
            <Dialog.Title className="sr-only">Jump to</Dialog.Title>
            <Finder project={project} close={() => setOpen(false)} />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <Keys open={help} onOpenChange={setHelp} />
    </>
  );
}

const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-label [&_[cmdk-group-heading]]:text-ink-3";
const ITEM =
  "flex min-h-(--control) cursor-pointer items-center gap-2 rounded-2 px-2 data-[selected=true]:bg-surface-2 min-w-0";

const pagesOf = (project: string) => [
  { label: "Overview", href: overviewUrl(project) },
  { label: "Workloads", href: workloadsUrl(project) },
  { label: "Compare", href: compareUrl(project) },
  { label: "Shifts", href: shiftsUrl(project) },
  { label: "All projects", href: "/" },
  { label: "HTTP API", href: apiDocsUrl() },
];

function Finder({ project, close }: { project: string; close: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState<string | null>(null);
  const asked = useDeferredValue(typed.trim());
  const { data, error } = useQuery(read<PaletteAnswer>(apiUrl.palette(project, asked || null)));
  const go = (href: string) => {
    close();
    router.push(href);
  };
  const pages = pagesOf(project).filter(({ label }) => label.toLowerCase().includes(asked.toLowerCase()));
  const values = [
    ...(data?.workloads.map(({ number }) => `workload ${number}`) ?? []),
    ...(data?.shifts.map(({ number }) => `shift ${number}`) ?? []),
    ...pages.map(({ label }) => `page ${label}`),
  ];
  // Enter takes the first until an arrow key says otherwise, also when the answer comes after the letters.
  const selected = picked !== null && values.includes(picked) ? picked : (values[0] ?? "");
  const type = (text: string) => {
    setTyped(text);
    setPicked(null);
  };
  return (
    <Command shouldFilter={false} loop label="Jump to" value={selected} onValueChange={setPicked}>
      <div className="flex h-10 items-center gap-2 border-b border-line px-3">
        <Search className="size-4 shrink-0 text-ink-3" strokeWidth={1.5} aria-hidden />
        <Command.Input
          autoFocus
          value={typed}
          onValueChange={type}
          placeholder="Workload, shift or page"
          className="min-w-0 grow bg-transparent outline-none placeholder:text-ink-3"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Command.List className="max-h-[56vh] overflow-y-auto p-1">
        <Command.Empty className="px-2 py-6 text-center text-ink-3">
          {error ? error.message : data ? `Nothing is called “${asked}”` : "Searching…"}
        </Command.Empty>
        {data && data.workloads.length > 0 && (
          <Command.Group heading="Workloads" className={GROUP}>
            {data.workloads.map((workload) => (
              <Command.Item
                key={workload.number}
                value={`workload ${workload.number}`}
                className={ITEM}
                onSelect={() => go(workloadUrl(project, workload))}
              >
                <span className="min-w-0 truncate font-medium">{workload.name}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {data && data.shifts.length > 0 && (
          <Command.Group heading="Shifts" className={GROUP}>
            {data.shifts.map(({ number, largest, firstShiftedAt }) => (
              <Command.Item
                key={number}
                value={`shift ${number}`}
                className={ITEM}
                onSelect={() => go(shiftUrl(project, number))}
              >
                <span className="text-ink-3">#{number}</span>
                <span className="min-w-0 truncate">{memberName(largest)}</span>
                <MemberDelta member={largest} />
                <span className="ml-auto pl-2 whitespace-nowrap text-ink-3 max-sm:hidden">
                  {formatDate(firstShiftedAt)}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {pages.length > 0 && (
          <Command.Group heading="Pages" className={GROUP}>
            {pages.map(({ label, href }) => (
              <Command.Item key={href} value={`page ${label}`} className={ITEM} onSelect={() => go(href)}>
                {label}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}
