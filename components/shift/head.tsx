import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { StatusDot } from "@/components/ui/status-dot";
import { Time } from "@/components/ui/time";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import { capitalised, dotOf, toneOf } from "@/lib/format/verdict";
import type { ShiftRead } from "@/lib/queries/shift";
import { shiftUrl } from "@/lib/urls/shift";
import { shiftsUrl } from "@/lib/urls/shifts";
import { countsText, standingText } from "./words";

/** Where the page stands, what carries it elsewhere, its title and its answer. The title has the whole width. */
export function ShiftHead({
  shift,
  environment,
  children,
}: {
  shift: ShiftRead;
  environment: string | null;
  /** Controls, at the right. */
  children: ReactNode;
}) {
  return (
    <header className="mb-4">
      <div className="flex min-h-(--control) flex-wrap items-center justify-between gap-x-6 gap-y-2 max-sm:min-h-0">
        <p className="text-label text-ink-3">
          <Link href={shiftsUrl(shift.project.slug)} className="hover:text-ink">
            Shifts
          </Link>
          {` / #${shift.number}`}
          <span className="sm:hidden">
            {" · "}
            <Time at={shift.firstShiftedAt} />
          </span>
        </p>
        <div className="flex flex-wrap gap-2 max-sm:hidden">{children}</div>
      </div>
      <h1 className="mt-1 text-title font-semibold text-pretty [overflow-wrap:anywhere]">{shift.title}</h1>
      <p className="mt-1 max-w-[110ch] text-read text-pretty text-ink-2 [&_b]:font-medium [&_b]:text-ink">
        <Sentence shift={shift} environment={environment} />
      </p>
    </header>
  );
}

function Sentence({ shift, environment }: { shift: ShiftRead; environment: string | null }) {
  const { environments } = shift.summary;
  const here = environments.find(({ name }) => name === environment);
  const others = environments.filter(({ name }) => name !== environment);
  const standing = standingText(shift);
  // What a shift that is gone was told of is in no release, and nothing is to be fixed.
  const isGone = shift.state === "withdrawn";
  return (
    <>
      <Badge tone={toneOf(shift.direction)}>{capitalised(shift.direction)}</Badge>{" "}
      <span className="mr-2 ml-1 sm:hidden">
        <StatusDot shape={dotOf(shift.status)}>{capitalised(shift.status)}</StatusDot>
      </span>
      {standing && <b>{shift.partOf === null ? standing : <PartOf shift={shift} />} </b>}
      {isGone && "It was told that "}
      <b>{countsText(here ?? shift.summary)}</b>
      {here && ` in ${here.name}`} between <span className="sha">{shortSha(shift.lastGood)}</span> and{" "}
      <span className="sha">{shortSha(shift.firstShifted)}</span>
      {shift.firstShiftedAt && (
        <>
          , <Time at={shift.firstShiftedAt} />
        </>
      )}
      .{" "}
      {here &&
        others.map(
          (other) =>
            `${plural(other.worse + other.better + other.moved, "series", "series")} of ${other.name} moved with it. `,
        )}
      {isGone ? null : shift.containedIn ? (
        <>
          First contained in <b>{shift.containedIn}</b>
          {fixedText(shift)}.
        </>
      ) : (
        "In no release yet."
      )}
    </>
  );
}

const PartOf = ({ shift: { project, partOf } }: { shift: ShiftRead }) => (
  <>
    It is part of{" "}
    <Link href={shiftUrl(project.slug, partOf ?? 0)} className="link" prefetch={false}>
      #{partOf}
    </Link>{" "}
    now.
  </>
);

function fixedText({ fixedIn, recoveredBy }: ShiftRead): string {
  if (fixedIn) return `, fixed in ${fixedIn}`;
  return recoveredBy === null ? ", not fixed since" : ", its fix in no release yet";
}
