import Link from "next/link";
import { Time } from "@/components/ui/time";
import { plural } from "@/lib/format/number";
import { formatDifference, scaleFor } from "@/lib/format/unit";
import { capitalised } from "@/lib/format/verdict";
import type { ShiftRead } from "@/lib/queries/shift";
import { costText } from "@/lib/shift/costText";
import { shiftUrl } from "@/lib/urls/shift";
import { ShiftPartText } from "./part-text";
import { Part } from "./rail-part";
import { policyText, releasesText } from "./words";

/** What the analysis says of a shift: its state, the releases that hold it, its cost, and the rule that found it. */
export function Facts({ shift }: { shift: ShiftRead }) {
  return (
    <Part title="Facts">
      <dl className="grid grid-cols-[88px_1fr] gap-x-2 gap-y-1 [&>dt]:text-ink-3">
        <State shift={shift} />
        {shift.state !== "withdrawn" && (
          <>
            <dt>Contained in</dt>
            <dd className={shift.containedIn ? undefined : "text-ink-3"}>{releasesText(shift)}</dd>
            <dt>Fixed in</dt>
            <dd className={shift.fixedIn ? undefined : "text-ink-3"}>{fixedText(shift)}</dd>
          </>
        )}
        <Cost shift={shift} />
        <dt>Rule</dt>
        <dd>{policyText(shift.policy)}</dd>
      </dl>
    </Part>
  );
}

function State({ shift }: { shift: ShiftRead }) {
  const number = (other: number) => (
    <Link href={shiftUrl(shift.project.slug, other)} className="link" prefetch={false}>
      #{other}
    </Link>
  );
  return (
    <>
      <dt>State</dt>
      <dd>
        {shift.partOf === null ? capitalised(shift.state) : <>Part of {number(shift.partOf)}</>}
        {shift.state === "confirmed" && (
          <>
            {" on "}
            <Time at={shift.confirmedAt} />
          </>
        )}
        {shift.recoveredBy !== null && <> by {number(shift.recoveredBy)}</>}
      </dd>
      {shift.needsPoints !== null && (
        <>
          <dt>To confirm</dt>
          <dd>{plural(shift.needsPoints, "more point")}</dd>
        </>
      )}
      {shift.parts.length > 0 && (
        <>
          <dt>Parts</dt>
          <dd className="flex flex-col gap-1.5">
            {shift.parts.map((part) => (
              <ShiftPartText key={part.number} part={part} link={number(part.number)} />
            ))}
          </dd>
        </>
      )}
    </>
  );
}

function fixedText({ fixedIn, recoveredBy }: ShiftRead): string {
  if (fixedIn) return fixedIn;
  return recoveredBy === null ? "nowhere" : "no release yet";
}

/** Of the largest duration, by how often it is run; and of one pass over all workloads. */
function Cost({ shift }: { shift: ShiftRead }) {
  const pass = shift.summary.costSeconds;
  const own = shift.cost && costText(shift.cost);
  if (pass === null && !own) return null;
  return (
    <>
      <dt>Cost</dt>
      <dd className="[overflow-wrap:anywhere]">
        {own}
        {pass !== null && (
          <span className={own ? "block text-ink-2" : undefined}>
            {formatDifference(pass, scaleFor([pass], "s"))} per pass of all workloads
          </span>
        )}
      </dd>
    </>
  );
}
