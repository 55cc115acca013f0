"use client";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { type ReactNode, useDeferredValue, useState } from "react";
import { MemberDelta, memberName } from "@/components/frame/largest";
import { Time } from "@/components/ui/time";
import { read } from "@/lib/api/read";
import { shortSha } from "@/lib/format/time";
import type { PaletteAnswer } from "@/lib/queries/frame";
import { apiUrl } from "@/lib/urls/api";
import { commitUrl } from "@/lib/urls/commit";
import { releaseUrl } from "@/lib/urls/releases";
import { shiftUrl } from "@/lib/urls/shift";
import { workloadUrl } from "@/lib/urls/workload";
import { type Action, actionsOf } from "./actions";
import { FINDER_INPUT, FinderField } from "./finder-field";
import { placesOf } from "./places";

/** A row of the palette: an address to go to, or something to do here. */
type Choice = { value: string; content: ReactNode; href?: string; act?: () => void };
type Group = { heading: string; choices: Choice[] };

const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-label [&_[cmdk-group-heading]]:text-ink-3";
const ITEM =
  "flex min-h-(--control) cursor-pointer items-center gap-2 rounded-2 px-2 data-[selected=true]:bg-surface-2 min-w-0";

type Props = {
  project: string;
  typed: string;
  onTyped: (text: string) => void;
  close: () => void;
  showKeys: () => void;
};

/** The palette's text and what it finds: what the server knows, pages, and actions on the page that is open. */
export function Finder({ project, typed, onTyped, close, showKeys }: Props) {
  const router = useRouter();
  const [picked, setPicked] = useState<string | null>(null);
  const asked = useDeferredValue(typed.trim());
  const { data, error } = useQuery(read<PaletteAnswer>(apiUrl.palette(project, asked || null)));
  const groups = [...foundOf(project, data), ...hereOf(project, actionsOf({ showKeys }), asked)].filter(
    ({ choices }) => choices.length > 0,
  );
  const values = groups.flatMap(({ choices }) => choices.map(({ value }) => value));
  // Enter takes the first until an arrow key says otherwise, also when the answer comes after the letters.
  const selected = picked !== null && values.includes(picked) ? picked : (values[0] ?? "");
  const type = (text: string) => {
    onTyped(text);
    setPicked(null);
  };
  const choose = ({ href, act }: Choice) => {
    close();
    if (href !== undefined) router.push(href);
    act?.();
  };
  return (
    <Command shouldFilter={false} loop label="Jump to" value={selected} onValueChange={setPicked}>
      <FinderField>
        <Command.Input {...FINDER_INPUT} autoFocus value={typed} onValueChange={type} />
      </FinderField>
      <Command.List className="max-h-[56vh] overflow-y-auto p-1">
        <Command.Empty className="px-2 py-6 text-center text-ink-3">
          {error ? error.message : data ? `Nothing is called “${asked}”` : "Searching…"}
        </Command.Empty>
        {groups.map(({ heading, choices }) => (
          <Command.Group key={heading} heading={heading} className={GROUP}>
            {choices.map((choice) => (
              <Command.Item key={choice.value} value={choice.value} className={ITEM} onSelect={() => choose(choice)}>
                {choice.content}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

/** What the server found. */
function foundOf(project: string, data: PaletteAnswer | undefined): Group[] {
  if (!data) return [];
  return [
    {
      heading: "Workloads",
      choices: data.workloads.map((workload) => ({
        value: `workload ${workload.number}`,
        href: workloadUrl(project, workload),
        content: <span className="min-w-0 truncate font-medium">{workload.name}</span>,
      })),
    },
    {
      heading: "Shifts",
      choices: data.shifts.map(({ number, largest, firstShiftedAt }) => ({
        value: `shift ${number}`,
        href: shiftUrl(project, number),
        content: (
          <>
            <span className="min-w-7 shrink-0 text-ink-3">#{number}</span>
            <span className="min-w-0 truncate">{memberName(largest)}</span>
            <MemberDelta member={largest} />
            <End>
              <Time at={firstShiftedAt} />
            </End>
          </>
        ),
      })),
    },
    {
      heading: "Commits",
      choices: data.commits.map(({ sha, subject, committedAt, measured }) => ({
        value: `commit ${sha}`,
        href: commitUrl(project, sha),
        content: (
          <>
            <span className="sha">{shortSha(sha)}</span>
            <span className="min-w-0 truncate">{subject ?? "no subject known"}</span>
            <End>{measured ? <Time at={committedAt} /> : "not measured"}</End>
          </>
        ),
      })),
    },
    {
      heading: "Releases",
      choices: data.releases.map(({ tag, sha, releasedAt }) => ({
        value: `release ${tag}`,
        href: releaseUrl(project, tag),
        content: (
          <>
            <span className="min-w-0 truncate font-medium">{tag}</span>
            <span className="sha">{shortSha(sha)}</span>
            <End>
              <Time at={releasedAt} />
            </End>
          </>
        ),
      })),
    },
  ];
}

/** Pages and actions, whose names contain the text. */
function hereOf(project: string, actions: Action[], asked: string): Group[] {
  const matches = ({ label }: { label: string }) => label.toLowerCase().includes(asked.toLowerCase());
  return [
    {
      heading: "Pages",
      choices: placesOf(project)
        .filter(matches)
        .map(({ label, href }) => ({ value: `page ${label}`, href, content: label })),
    },
    {
      heading: "Actions",
      choices: actions.filter(matches).map(({ label, hint, act }) => ({
        value: `action ${label}`,
        act,
        content: (
          <>
            <span className="min-w-0 truncate">{label}</span>
            {hint && <End>{hint}</End>}
          </>
        ),
      })),
    },
  ];
}

function End({ children }: { children: ReactNode }) {
  return <span className="ml-auto pl-2 whitespace-nowrap text-ink-3 max-sm:hidden">{children}</span>;
}
