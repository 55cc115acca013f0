"use client";
import { useRouter } from "next/navigation";
import { useCallback, useMemo, useRef, useState } from "react";
import { useKeys } from "@/components/palette/use-keys";
import type { Asked } from "@/components/triage/asked";
import { useTriage } from "@/components/triage/use-triage";
import { Toast } from "@/components/ui/toast";
import type { ListedShift, ShiftSpark } from "@/lib/queries/shifts";
import type { Person } from "@/lib/queries/triage";
import { shiftUrl } from "@/lib/urls/shift";
import type { ShiftsSelection } from "@/lib/urls/shifts";
import { BulkBar } from "./bulk-bar";
import { EditDialog, type Editing } from "./edit-dialog";
import { countOf, NOTHING, type Selected, span, toggle, togglePage } from "./selection";
import { ShiftTable } from "./shift-table";

type Props = {
  project: string;
  shifts: readonly ListedShift[];
  sparks: readonly ShiftSpark[];
  selection: ShiftsSelection;
  total: number;
  /** The newest change that the list has seen. */
  seen: number;
  mayTriage: boolean;
  me: Person | null;
  people: readonly Person[];
};

/**
 * The rows of the queue, worked by keyboard: J and K move, X selects, Shift and click a span, E edits the status, A takes
 * it over, O opens, U undoes. What is done goes to the selected rows, without any to the row that has the focus.
 */
export function Queue(props: Props) {
  const { project, shifts, selection, total, seen, mayTriage, me } = props;
  const router = useRouter();
  const table = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<number | null>(null);
  const [selected, setSelected] = useState<Selected>(NOTHING);
  const [editing, setEditing] = useState<Editing | null>(null);
  const rows = useMemo(() => shifts.map(({ number }) => number), [shifts]);
  const done = useCallback(() => {
    setEditing(null);
    setSelected(NOTHING);
  }, []);
  const triage = useTriage(project, done);
  const { send, undoLast } = triage;

  const concerned = useMemo(() => {
    const numbers = selected.numbers.size > 0 ? selected.numbers : new Set(current === null ? [] : [current]);
    return shifts.filter(({ number }) => numbers.has(number));
  }, [selected, current, shifts]);
  const count = selected.everything ? total : concerned.length;

  const apply = useCallback(
    (asked: Asked) => {
      if (selected.everything) send({ filter: filterOf(selection), total, seen }, asked);
      else if (concerned.length > 0)
        send({ shifts: concerned.map(({ number, revision }) => ({ number, revision })) }, asked);
    },
    [selected.everything, selection, total, seen, concerned, send],
  );

  const clear = useCallback(() => setSelected(NOTHING), []);
  const focus = useCallback(
    (step: number) => {
      const at = current === null ? -1 : rows.indexOf(current);
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
      if (next === undefined) return;
      setCurrent(next);
      table.current?.querySelector<HTMLElement>(`[data-shift="${next}"]`)?.focus();
    },
    [current, rows],
  );

  const keys = useMemo((): Record<string, () => void> => {
    if (editing) return {};
    const onCurrent = (act: (number: number) => void) => () => {
      if (current !== null) act(current);
    };
    const edit = (what: Editing["what"]) => () => {
      if (count > 0) setEditing({ what });
    };
    return {
      j: () => focus(1),
      k: () => focus(-1),
      o: onCurrent((number) => router.push(shiftUrl(project, number))),
      ...(mayTriage && {
        x: onCurrent((number) => setSelected((all) => toggle(all, number, rows))),
        X: onCurrent((number) => setSelected((all) => span(all, number, rows))),
        e: edit("status"),
        d: edit("due"),
        l: edit("link"),
        a: () => {
          if (me && count > 0) apply({ owner: "me" });
        },
        u: undoLast,
        z: undoLast,
        Escape: clear,
      }),
    };
  }, [editing, current, count, clear, focus, router, project, mayTriage, rows, me, apply, undoLast]);
  useKeys(keys);

  return (
    <div ref={table}>
      <ShiftTable
        {...props}
        current={current}
        selected={selected}
        onCurrent={setCurrent}
        onSelect={(number, isSpan) => setSelected((all) => (isSpan ? span : toggle)(all, number, rows))}
        onSelectPage={() => setSelected((all) => togglePage(all, rows))}
      />
      {mayTriage && countOf(selected, total) > 0 && (
        <BulkBar
          count={countOf(selected, total)}
          total={total}
          isEverything={selected.everything}
          me={me}
          people={props.people}
          isBusy={triage.isBusy}
          onEverything={() => setSelected({ ...NOTHING, everything: true })}
          onClear={clear}
          onEdit={setEditing}
          onApply={apply}
          refused={editing === null ? triage.refused : null}
          onAgain={triage.again}
          onForget={triage.forget}
        />
      )}
      {editing && (
        <EditDialog
          editing={editing}
          count={count}
          one={count === 1 ? concerned[0] : undefined}
          triage={triage}
          onApply={apply}
          onClose={() => {
            setEditing(null);
            triage.forget();
          }}
        />
      )}
      <Toast message={triage.message} onOver={triage.silence} />
    </div>
  );
}

/** The filters of the list as the API takes them: what is not set is left out. */
function filterOf({ sort: _sort, page: _page, ...filters }: ShiftsSelection): object {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null));
}
