import { Fragment } from "react";
import type { WorkloadRead } from "@/lib/queries/workload";
import { shareUrl } from "@/lib/urls/share";
import type { SelectionHandle } from "./selection";
import { seriesAsked } from "./series-path";
import type { ShownWindow } from "./window";

type Props = {
  head: WorkloadRead;
  handle: SelectionHandle;
  window: ShownWindow;
  lines: readonly { label: string; read: { metric: string } }[];
};

/** The charts as pictures, each at an address that shows the same later: its window is two commits. */
export function Pictures({ head, handle: { selection }, window, lines }: Props) {
  const { first, last } = window;
  if (lines.length === 0 || !first || !last) return null;
  const look = { from: first.sha, to: last.sha, x: selection.x, scale: selection.y };
  return (
    <p className="mt-3 text-label text-ink-3">
      Pictures of these charts that do not change later:{" "}
      {lines.map(({ label, read: { metric } }, i) => (
        <Fragment key={metric}>
          {i > 0 && ", "}
          <a
            className="link"
            href={shareUrl.chart(head.project.slug, "png", { ...seriesAsked(head, metric), ...look })}
          >
            {label}
          </a>
        </Fragment>
      ))}
      .
    </p>
  );
}
