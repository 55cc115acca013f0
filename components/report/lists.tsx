import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import { shortRevision } from "@/lib/format/revision";
import { shortSha } from "@/lib/format/time";
import { caseName } from "@/lib/release/judge";
import type { ReportRead } from "@/lib/release/read";
import type { ReportFigures, ReportTrouble } from "@/lib/release/types";
import { splitWaivers, waiverText } from "@/lib/release/words";
import { workloadUrl } from "@/lib/urls/workload";
import { Part } from "./part";
import { WithdrawWaiver } from "./withdraw-waiver";

const LIST = "list-disc pl-5 text-ink-2 [&_b]:font-medium [&_b]:text-ink";
const KINDS: Record<ReportTrouble["kind"], string> = {
  failing: "fails",
  missing: "is missing: the baseline was measured, nothing near the candidate was",
  skipped: "was skipped",
  unmeasured: "has no run near the candidate",
};

/** Cases that fail or are missing at the candidate, and those that it has for the first time. */
export function Troubles({ slug, figures }: { slug: string; figures: ReportFigures }) {
  const { troubles, added, candidate } = figures;
  return (
    <Part title="Failing, missing and new">
      {troubles.length > 0 && (
        <ul className={LIST}>
          {troubles.map((one) => (
            <li key={`${one.kind} ${one.workload} ${JSON.stringify(one.params)} ${one.environment}`}>
              {one.workload === null || one.workloadNumber === null ? (
                <b>{one.environment}</b>
              ) : (
                <>
                  <Link href={workloadUrl(slug, { number: one.workloadNumber, name: one.workload })} prefetch={false}>
                    <b>{caseName(one.workload, one.params)}</b>
                  </Link>{" "}
                  in {one.environment}
                </>
              )}{" "}
              {KINDS[one.kind]}
              {one.sha && (
                <>
                  {" "}
                  at <span className="sha">{shortSha(one.sha)}</span>
                </>
              )}
              {one.error && <code className="sha block [overflow-wrap:anywhere]">{one.error.slice(0, 300)}</code>}
            </li>
          ))}
        </ul>
      )}
      {troubles.length === 0 && <p className="text-ink-2">At {candidate.label} no workload fails or is missing.</p>}
      {added.length > 0 && (
        <p className="mt-2 text-ink-2">
          New since the last release:{" "}
          {added
            .map(({ workload, params, environment }) => `${caseName(workload, params)} in ${environment}`)
            .join(", ")}
          .
        </p>
      )}
    </Part>
  );
}

/** Levels that people accepted, and waivers, with reason, owner and end. */
export function InForce({ report, mayTriage }: { report: ReportRead; mayTriage: boolean }) {
  const { decided, decisions, decidedAt, state } = report;
  const accepted = decided.worse.filter(({ outcome }) => outcome === "accepted");
  const { inForce, over } = splitWaivers(decisions.waivers, decidedAt ?? new Date().toISOString());
  const isOpen = state === "draft" || state === "frozen";
  if (accepted.length + decisions.waivers.length === 0) return null;
  return (
    <Part title="Accepted and waived">
      <ul className={LIST}>
        {accepted.map(({ number, title, text, decision }) => (
          <li key={number}>
            <b>
              #{number} {title}
            </b>{" "}
            {text}
            {decision?.owner && `, owner ${decision.owner}`}
            {decision?.reason && `: ${decision.reason}`}
          </li>
        ))}
        {inForce.map((waiver) => (
          <li key={waiver.id}>
            <b>Waiver</b> of {waiverText(waiver)} <span className="text-ink-3">(written by {waiver.createdBy})</span>
            {mayTriage && isOpen && (
              <WithdrawWaiver slug={report.project.slug} id={waiver.id} revision={report.revision} />
            )}
          </li>
        ))}
        {over.map((waiver) => (
          <li key={waiver.id} className="text-ink-3">
            {waiver.withdrawnAt ? (
              <>
                Withdrawn by {waiver.withdrawnBy}, <Time at={waiver.withdrawnAt} />
              </>
            ) : (
              <>
                Over since <Time at={waiver.expiresOn} />
              </>
            )}
            : {waiverText(waiver)}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** What else than the code differs between the runs near both releases. */
export function Differences({ figures: { differences } }: { figures: ReportFigures }) {
  return (
    <Part title="Environments and components">
      {differences.length === 0 ? (
        <p className="text-ink-2">Nothing else is known to differ between the runs near both releases.</p>
      ) : (
        <ul className={LIST}>
          {differences.map(({ environment, facts, components }) => (
            <li key={environment}>
              <b>{environment}</b>:{" "}
              {[
                ...facts.map(({ name, before, after }) => (
                  <Change
                    key={`fact ${name}`}
                    name={name}
                    before={JSON.stringify(before)}
                    after={JSON.stringify(after)}
                  />
                )),
                ...components.map(({ component, before, after, link }) => (
                  <Change key={component} name={component} before={before} after={after} link={link} />
                )),
              ].map((one, i) => (
                <span key={one.key}>
                  {i > 0 && ", "}
                  {one}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

type ChangeProps = { name: string; before: string | null; after: string | null; link?: string | null };

function Change({ name, before, after, link }: ChangeProps): ReactNode {
  const text = `${shortRevision(before ?? "none")} to ${shortRevision(after ?? "none")}`;
  return (
    <>
      {name}{" "}
      {link ? (
        <a href={link} className="sha link" rel="noopener noreferrer nofollow">
          {text}
        </a>
      ) : (
        <span className="sha">{text}</span>
      )}
    </>
  );
}
