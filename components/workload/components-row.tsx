"use client";
import { useQuery } from "@tanstack/react-query";
import { type ChartStore, usePointing } from "@/components/charts/chart-store";
import { ComponentStrip, type PlacedComponentChange } from "@/components/charts/component-strip";
import { read } from "@/lib/api/read";
import type { Frame } from "@/lib/chart/frame";
import { placeOf, type XKind } from "@/lib/chart/trend";
import { plural } from "@/lib/format/number";
import { shortRevision } from "@/lib/format/revision";
import type { ComponentChange, ComponentChanges } from "@/lib/queries/componentChanges";
import type { WorkloadRead } from "@/lib/queries/workload";
import { apiUrl } from "@/lib/urls/api";
import type { SelectionHandle } from "./selection";

/** Changes of components along the chosen branch and environment, in words and on the axis. */
export type ShownComponents = {
  isShown: boolean;
  read: ComponentChanges | undefined;
  changes: readonly PlacedComponentChange[];
  /** What changed at a commit; null: nothing. */
  textAt: (sha: string) => string | null;
};

/** Reads them while the page shows them. */
export function useComponentChanges(head: WorkloadRead, handle: SelectionHandle, kind: XKind): ShownComponents {
  const { environment, branch } = head.chosen;
  const path = apiUrl.components(head.project.slug, {
    environment,
    branch: branch === head.project.defaultBranch ? null : branch,
  });
  const isShown = environment !== null && !handle.selection.without.includes("components");
  const { data } = useQuery({ ...read<ComponentChanges>(path), enabled: isShown });
  const changes = isShown ? placed(data?.items ?? [], kind) : [];
  return {
    isShown,
    read: isShown ? data : undefined,
    changes,
    textAt: (sha) => changes.find((change) => change.sha === sha)?.text ?? null,
  };
}

function placed(items: readonly ComponentChange[], kind: XKind): PlacedComponentChange[] {
  return items.flatMap((item) => {
    const x = placeOf(item, kind);
    return x === null ? [] : [{ sha: item.sha, x, text: stepsText(item) }];
  });
}

/** "numpy 1.24.2 → 1.25.0, arrow (none) → 9.0". */
const stepsText = ({ changes }: ComponentChange): string =>
  changes
    .map(
      ({ name, before, now }) =>
        `${name} ${before === null ? "(none)" : shortRevision(before)} → ${now === null ? "(none)" : shortRevision(now)}`,
    )
    .join(", ");

type Props = { components: ShownComponents; frame: Frame; store: ChartStore };

/** Under the axis: where components changed, and what changed at the crosshair. Takes its room before it is read. */
export function ComponentsRow({ components, frame, store }: Props) {
  const { read: found, changes, textAt } = components;
  const hover = usePointing(store, (pointing) => pointing.hover);
  if (!components.isShown) return null;
  if (!found || (changes.length === 0 && found.followed.length === 0)) return <div className="mt-1 h-3 max-md:h-8" />;
  const here = hover && textAt(hover.sha);
  return (
    <div className="mt-1 flex gap-6 max-md:flex-col max-md:gap-1" data-testid="components">
      <ComponentStrip changes={changes} frame={frame} />
      <div
        className="w-(--chart-readout) shrink-0 truncate text-label leading-[12px] text-ink-3 max-md:w-full max-md:leading-4"
        title={here ?? followedText(found)}
      >
        {here ? <span className="text-ink-2">{here}</span> : summary(found, changes.length)}
      </div>
    </div>
  );
}

function summary({ followed }: ComponentChanges, count: number): string {
  const names = followed.map(({ name }) => name).join(", ");
  if (count === 0) return `components: only ${names} changed`;
  return `${plural(count, "component change")}${names && `, without ${names}`}`;
}

/** Why a component has no marks. */
const followedText = ({ followed, measured }: ComponentChanges): string | undefined =>
  followed.length > 0
    ? followed
        .map(({ name, changes }) => `${name} changed at ${changes} of ${measured} measured commits, so it has no marks`)
        .join("; ")
    : undefined;
