"use client";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { ChevronDown, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Popover } from "radix-ui";
import { useDeferredValue, useState, useTransition } from "react";
import { Time } from "@/components/ui/time";
import { read } from "@/lib/api/read";
import { plural } from "@/lib/format/number";
import { formatDate, shortSha } from "@/lib/format/time";
import type { SideItem, SideList } from "@/lib/queries/compareSideList";
import { type CompareSelection, compareApiUrl, compareUrl, type SideKind } from "@/lib/urls/compare";

/** What a picker shows of the side that is chosen. */
export type ChosenSide = { label: string; sha: string | null; runs: number; committedAt: string | null };

type Props = {
  project: string;
  which: "baseline" | "contender";
  chosen: ChosenSide | null;
  selection: CompareSelection;
};

const NAMES = { baseline: "Baseline", contender: "Contender" } as const;

const HEADINGS: Record<SideKind, string> = {
  release: "Releases",
  branch: "Branches",
  experiment: "Experiments",
  commit: "Measured commits",
  run: "Runs",
  pr: "Pull requests",
  env: "Environments",
};

/** One side of the comparison, and a search for another one. */
export function SidePicker({ project, which, chosen, selection }: Props) {
  const [open, setOpen] = useState(false);
  const [isPending, startTransition] = useTransition();
  const router = useRouter();
  const pick = (side: string) => {
    setOpen(false);
    startTransition(() => router.push(compareUrl(project, { ...selection, [which]: side, page: 1, show: [] })));
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-busy={isPending}
        className="flex min-h-12 max-w-full min-w-0 flex-col justify-center rounded-2 px-2.5 py-1 text-left text-label shadow-outline hover:bg-surface max-sm:w-full"
      >
        <span className="text-ink-3">{NAMES[which]}</span>
        <span className="flex max-w-full min-w-0 items-center gap-1.5">
          {chosen ? <Chosen chosen={chosen} /> : <span className="text-section text-ink-2">Choose a side</span>}
          <ChevronDown className="ml-auto size-4 shrink-0" strokeWidth={1.5} aria-hidden />
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={`Choose the ${which}`}
          className="z-50 w-[min(440px,calc(100vw-16px))] max-w-(--radix-popover-content-available-width) rounded-3 bg-raised shadow-float outline-none"
        >
          <Finder project={project} which={which} pick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Chosen({ chosen: { label, sha, runs, committedAt } }: { chosen: ChosenSide }) {
  return (
    <>
      <span className="min-w-0 truncate text-section font-semibold">{label}</span>
      {sha && <span className="sha text-ink-3">{shortSha(sha)}</span>}
      {committedAt && (
        <span className="whitespace-nowrap text-ink-3 max-md:hidden">
          <Time at={committedAt} />
        </span>
      )}
      <span className="whitespace-nowrap text-ink-3">{runs === 0 ? "no data" : plural(runs, "run")}</span>
    </>
  );
}

const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-label [&_[cmdk-group-heading]]:text-ink-3";
const ITEM =
  "flex min-h-(--control) min-w-0 cursor-pointer items-center gap-2 rounded-2 px-2 data-[selected=true]:bg-surface-2";

function Finder({ project, which, pick }: { project: string; which: string; pick: (side: string) => void }) {
  const [typed, setTyped] = useState("");
  const [walked, setWalked] = useState<string | null>(null);
  const asked = useDeferredValue(typed.trim());
  const { data, error } = useQuery(read<SideList>(compareApiUrl.sides(project, asked || null)));
  const sides = data?.groups.flatMap(({ items }) => items.map(({ side }) => side)) ?? [];
  // Enter takes the first until an arrow key says otherwise, also when the answer comes after the letters.
  const selected = walked !== null && sides.includes(walked) ? walked : (sides[0] ?? "");
  return (
    <Command shouldFilter={false} loop label={`Choose the ${which}`} value={selected} onValueChange={setWalked}>
      <div className="flex h-10 items-center gap-2 border-b border-line px-3">
        <Search className="size-4 shrink-0 text-ink-3" strokeWidth={1.5} aria-hidden />
        <Command.Input
          autoFocus
          value={typed}
          maxLength={200}
          onValueChange={(text) => {
            setTyped(text);
            setWalked(null);
          }}
          placeholder="Release, branch, experiment, commit, run"
          className="min-w-0 grow bg-transparent outline-none placeholder:text-ink-3"
        />
      </div>
      <Command.List className="max-h-[min(420px,56vh)] overflow-y-auto p-1">
        <Command.Empty className="px-2 py-6 text-center text-ink-3">
          {error ? error.message : data ? `Nothing measured is called “${asked}”` : "Searching…"}
        </Command.Empty>
        {data?.groups.map(({ kind, total, items }) => (
          <Command.Group
            key={kind}
            heading={total > items.length ? `${HEADINGS[kind]}, ${items.length} of ${total}` : HEADINGS[kind]}
            className={GROUP}
          >
            {items.map((item) => (
              <Command.Item key={item.side} value={item.side} className={ITEM} onSelect={() => pick(item.side)}>
                <Item item={item} kind={kind} />
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

function Item({ item, kind }: { item: SideItem; kind: SideKind }) {
  const { label, sha, subject, committedAt, runs, experimentsOnly } = item;
  return (
    <>
      <span className="min-w-0 truncate font-medium">{label}</span>
      {sha && kind !== "commit" && <span className="sha text-ink-3">{shortSha(sha)}</span>}
      {kind === "commit" && <span className="min-w-0 truncate text-ink-3">{subject ?? formatDate(committedAt)}</span>}
      <span className="ml-auto whitespace-nowrap text-ink-3">
        {experimentsOnly ? "experiments only" : runs === 0 ? "not measured" : plural(runs, "run")}
      </span>
    </>
  );
}
