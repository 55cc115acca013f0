import { Time } from "@/components/ui/time";
import type { ReportRead } from "@/lib/release/read";
import { Part } from "./part";

/** Of a frozen report what would read otherwise today; of a draft what changed from one analysis to the next. */
export function Changes({ report: { since, changes, state, history } }: { report: ReportRead }) {
  return (
    <>
      {since !== null && (
        <Part title="Changed since this report was frozen">
          {since.length === 0 ? (
            <p className="text-ink-2">Nothing above would read otherwise today.</p>
          ) : (
            <ul className="list-disc pl-5 text-ink-2">
              {since.map(({ text }) => (
                <li key={text}>{text}.</li>
              ))}
            </ul>
          )}
        </Part>
      )}
      {state === "draft" && changes.length > 0 && (
        <Part title="What changed in this draft">
          {changes.map(({ at, changes: found }) => (
            <div key={at} className="mb-2">
              <p className="text-label text-ink-3">
                <Time at={at} withTime />
              </p>
              <ul className="list-disc pl-5 text-ink-2">
                {found.map(({ text }) => (
                  <li key={text}>{text}.</li>
                ))}
              </ul>
            </div>
          ))}
        </Part>
      )}
      {history.length > 0 && (
        <Part title="History">
          <ul className="text-ink-2">
            {history.map(({ at, actor, verb, detail }) => (
              <li key={`${at} ${verb}`}>
                <span className="text-ink-3">
                  <Time at={at} withTime />
                </span>{" "}
                {actor} {verb} {subjectOf(detail)}
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

/** What an entry of the audit concerned: the waived thing, or the number of the report; with the reason. */
function subjectOf(detail: ReportRead["history"][number]["detail"]): string {
  if (detail === null || typeof detail !== "object" || Array.isArray(detail)) return "";
  const { subject, report, reason } = detail;
  const what = typeof subject === "string" ? subject : typeof report === "number" ? `report ${report}` : "";
  return typeof reason === "string" ? `${what}: ${reason}` : what;
}
