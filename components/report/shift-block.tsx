import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { StatusDot } from "@/components/ui/status-dot";
import { Time } from "@/components/ui/time";
import { plural } from "@/lib/format/number";
import { formatRange } from "@/lib/format/time";
import { capitalised, dotOf } from "@/lib/format/verdict";
import type { DecidedShift } from "@/lib/release/decide";
import { fixText, tagsText } from "@/lib/release/words";
import { shiftUrl } from "@/lib/urls/shift";
import { ShiftChart } from "./shift-chart";

type Props = { slug: string; shift: DecidedShift; candidate: string; branch: string };

/** A shift for the worse with what was decided of it, and by whom. */
export function ShiftBlock({ slug, shift, candidate, branch }: Props) {
  const { decision } = shift;
  const fix = fixText(shift, candidate, branch);
  return (
    <article className="break-inside-avoid-page py-3" aria-labelledby={`shift-${shift.number}`}>
      <header className="mb-2 flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 id={`shift-${shift.number}`} className="min-w-0 grow font-medium [overflow-wrap:anywhere]">
          <Link href={shiftUrl(slug, shift.number)} prefetch={false} className="link">
            #{shift.number}
          </Link>{" "}
          {shift.title}
        </h3>
        {decision && <StatusDot shape={dotOf(decision.status)}>{capitalised(decision.status)}</StatusDot>}
      </header>
      <div className="grid grid-cols-[minmax(0,300px)_minmax(0,1fr)] gap-x-7 gap-y-3 max-sm:grid-cols-1">
        <div>{shift.spark && <ShiftChart spark={shift.spark} worse={shift.direction !== "improvement"} />}</div>
        <dl className="grid grid-cols-[76px_minmax(0,1fr)] content-start gap-x-2 gap-y-1.5">
          <Fact name="Decision">
            {shift.outcome === "undecided" ? (
              <>
                <Badge tone="warn">Undecided</Badge>{" "}
                <span className="text-ink-2">
                  {shift.text === "undecided" ? "accept, fix or waive it" : shift.text}
                </span>
              </>
            ) : (
              sentence(shift.text)
            )}
            {decision?.reason && <span className="text-ink-2">: {decision.reason}</span>}
          </Fact>
          <Fact name="Range">
            <span className="sha">{formatRange(shift.lastGood, shift.firstShifted)}</span>{" "}
            {plural((shift.commitsBetween ?? 0) + 1, "commit")}, <Time at={shift.firstShiftedAt} />
            {shift.mayBeInBaseline && <span className="text-ink-2">; the release before may hold it already</span>}
          </Fact>
          <Fact name="Owner">{decision?.owner ?? <span className="text-ink-3">unassigned</span>}</Fact>
          <Fact name="Issue">
            {decision && decision.issues.length > 0 ? (
              decision.issues.map((url) => (
                <a key={url} href={url} className="link block truncate" rel="noopener noreferrer nofollow">
                  {url.replace(/^https?:\/\//, "")}
                </a>
              ))
            ) : (
              <span className="text-ink-3">none linked</span>
            )}
          </Fact>
          <Fact name="Contained">{tagsText(shift)}</Fact>
          {fix && <Fact name="Fix">{fix}</Fact>}
        </dl>
      </div>
    </article>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="m-0 min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
