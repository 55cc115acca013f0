"use client";
import { type ReactNode, type RefObject, useMemo } from "react";
import { useWidth } from "@/components/charts/use-width";
import { ChartsFrame, type ChartsFrameProps, type ChartsView } from "./charts-frame";
import type { SeveralProps } from "./overlays";
import { useChartsView } from "./plot";
import { Stale } from "./stale";

/** What charts of several lines share before they are drawn: where they stand, and their axis once its width is known. */
export type SeveralCharts = {
  ref: RefObject<HTMLDivElement | null>;
  /** px of the page; null before it is known. */
  outer: number | null;
  charts: ChartsView | null;
};

export function useSeveralCharts({
  handle,
  view,
  store,
}: Pick<SeveralProps, "handle" | "view" | "store">): SeveralCharts {
  const [ref, outer] = useWidth<HTMLDivElement>();
  const { x: kind, pin } = handle.selection;
  const { window, lines } = view;
  const reads = useMemo(() => lines.map(({ read }) => read), [lines]);
  return { ref, outer, charts: useChartsView({ reads, kind, window, store, pin, outer }) };
}

type Props = Pick<SeveralProps, "head" | "handle" | "view"> &
  Omit<ChartsFrameProps, "head" | "handle" | "view" | "read" | "cardPlace" | "children"> & {
    several: SeveralCharts;
    /** What stands there while the width is not known. */
    skeleton: ReactNode;
    cardPlace: (
      charts: ChartsView,
      ...rest: Parameters<ChartsFrameProps["cardPlace"]>
    ) => { left: number; top: number };
    children: (charts: ChartsView, ...rest: Parameters<ChartsFrameProps["children"]>) => ReactNode;
  };

/** Charts of several lines in the frame of the page, or its skeleton while the width is not known. */
export function SeveralFrame({ several, skeleton, head, handle, view, cardPlace, children, ...frame }: Props) {
  const { ref, charts } = several;
  return (
    <Stale ref={ref} isStale={handle.isPending || view.isStale}>
      {charts === null ? (
        skeleton
      ) : (
        <ChartsFrame
          {...frame}
          head={head}
          handle={handle}
          view={charts}
          read={view.lines[0]?.read}
          cardPlace={(axis) => cardPlace(charts, axis)}
        >
          {(actions) => children(charts, actions)}
        </ChartsFrame>
      )}
    </Stale>
  );
}
