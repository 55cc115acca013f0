import { acceptedShifts } from "@/lib/release/decide";
import type { ReportRead } from "@/lib/release/read";
import type { ReportRow } from "@/lib/release/types";
import { bySize, noteText } from "@/lib/release/words";
import { Part } from "./part";
import { RowsTable } from "./rows-table";

/** Lines for the release notes; the largest. */
const NOTES = 40;

/** What got better, with who is to be thanked, as lines that release notes can take. */
type Props = { report: ReportRead; urlOfAll: string | null };

export function Better({ report: { figures, decided, project }, urlOfAll }: Props) {
  const rows = bySize(figures.rows.filter(({ verdict }) => verdict === "improvement"));
  const moved = bySize(figures.rows.filter(({ verdict }) => verdict === "rose" || verdict === "fell"));
  const shiftOf = (row: ReportRow) =>
    figures.shifts.find(({ number }) => row.steps.some(({ shift }) => shift === number)) ?? null;
  const accepted = acceptedShifts(decided);
  return (
    <>
      <Part title="What got better">
        {rows.length > 0 ? (
          <>
            <RowsTable
              label="What got better"
              slug={project.slug}
              figures={figures}
              rows={rows}
              accepted={accepted}
              urlOfAll={urlOfAll}
            />
            <h3 className="mt-4 mb-1 text-base font-medium text-ink-2">For the release notes</h3>
            <ul className="list-disc pl-5 text-ink-2">
              {rows.slice(0, NOTES).map((row) => (
                <li key={noteText(row, null)} className="[overflow-wrap:anywhere]">
                  {noteText(row, shiftOf(row))}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="text-ink-2">Nothing.</p>
        )}
      </Part>
      {moved.length > 0 && (
        <Part title="What moved" note="whether up is good is not known of these metrics">
          <RowsTable
            label="What moved"
            slug={project.slug}
            figures={figures}
            rows={moved}
            accepted={accepted}
            urlOfAll={urlOfAll}
          />
        </Part>
      )}
    </>
  );
}
