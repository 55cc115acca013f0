import Link from "next/link";
import { changeText } from "@/components/triage/words";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/format/number";
import type { ChangeItem } from "@/lib/queries/triage";
import { shiftUrl } from "@/lib/urls/shift";
import { changesUrl, shiftsUrl } from "@/lib/urls/shifts";
import { ListHead } from "./list-head";
import { UndoButton } from "./undo-button";

type Props = {
  project: string;
  items: readonly ChangeItem[];
  total: number;
  /** The cursor of the rows after these; null: there are none. */
  next: string | null;
  isFirst: boolean;
  mayTriage: boolean;
};

const NAMED = 3;

/** What people changed, request by request, the newest first; what nothing has changed since can be taken back. */
export function ChangesPage({ project, items, total, next, isFirst, mayTriage }: Props) {
  return (
    <>
      <ListHead
        project={project}
        current="changes"
        title="Changes"
        sentence={
          total === 0 ? (
            "What people decide about shifts, to be read and taken back."
          ) : (
            <>
              <b>{plural(total, "change")}</b> by people so far. One is taken back with all the shifts that it
              concerned, but for those that somebody has changed the same way since.
            </>
          )
        }
      />
      {items.length === 0 ? (
        <EmptyState
          title="Nobody has decided anything yet"
          actions={<ButtonLink href={shiftsUrl(project)}>Open the queue</ButtonLink>}
        >
          Statuses, owners, days and links that people set are listed here.
        </EmptyState>
      ) : (
        <>
          <Table label="Changes">
            <thead>
              <tr>
                <Head>When</Head>
                <Head className="max-sm:hidden">By</Head>
                <Head>Shifts</Head>
                <Head>Change</Head>
                <Head className="max-md:hidden">Reason</Head>
                <Head className="relative">
                  <span className="sr-only">Undo</span>
                </Head>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <ChangeRow key={item.batch} project={project} item={item} mayTriage={mayTriage} />
              ))}
            </tbody>
          </Table>
          <nav aria-label="Pages of the list" className="mt-4 flex items-center gap-2">
            {!isFirst && <ButtonLink href={changesUrl(project)}>Newest</ButtonLink>}
            {next !== null && <ButtonLink href={changesUrl(project, { cursor: next })}>Older</ButtonLink>}
          </nav>
        </>
      )}
    </>
  );
}

function ChangeRow({ project, item, mayTriage }: { project: string; item: ChangeItem; mayTriage: boolean }) {
  const { batch, at, by, verb, after, reason, shifts, total, undone, undoable } = item;
  const named = shifts.slice(0, NAMED);
  return (
    <Row className={undone === total ? "text-ink-3" : undefined}>
      <Cell className="max-sm:py-1 sm:whitespace-nowrap">
        <Time at={at} withTime />
        <span className="block text-label text-ink-3 [overflow-wrap:anywhere] sm:hidden">{by}</span>
      </Cell>
      <Cell className="max-w-48 truncate max-sm:hidden">{by}</Cell>
      <Cell className="sm:whitespace-nowrap">
        {named.map((number, i) => (
          <span key={number}>
            {i > 0 && ", "}
            <Link href={shiftUrl(project, number)} className="link" prefetch={false}>
              #{number}
            </Link>
          </span>
        ))}
        {total > named.length && <span className="text-ink-3"> and {formatCount(total - named.length)} more</span>}
      </Cell>
      <Cell className="[overflow-wrap:anywhere]">
        {verb === "undid" && "Undone: "}
        {changeText({}, after)}
      </Cell>
      <Cell className="max-w-96 py-1 text-pretty text-ink-2 max-md:hidden [overflow-wrap:anywhere]">{reason}</Cell>
      <Cell numeric>
        {undone > 0 && (
          <span className="text-ink-3">{undone === total ? "undone" : `${formatCount(undone)} undone`}</span>
        )}
        {undoable > 0 && mayTriage && <UndoButton project={project} batch={batch} count={undoable} total={total} />}
      </Cell>
    </Row>
  );
}
