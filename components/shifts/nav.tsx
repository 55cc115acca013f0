import { Segmented } from "@/components/ui/segmented";
import { driftUrl } from "@/lib/urls/drift";
import { acceptedUrl, changesUrl, qualityUrl, shiftsUrl } from "@/lib/urls/shifts";

export type ShiftsPlace = "queue" | "drift" | "accepted" | "quality" | "changes";

/** The pages around the queue: what drifts without a step, what was accepted, how good the alerts are, what people changed. */
export function ShiftsNav({ project, current }: { project: string; current: ShiftsPlace }) {
  const places: { key: ShiftsPlace; label: string; href: string }[] = [
    { key: "queue", label: "Queue", href: shiftsUrl(project) },
    { key: "drift", label: "Drift", href: driftUrl(project) },
    { key: "accepted", label: "Accepted", href: acceptedUrl(project) },
    { key: "quality", label: "Quality", href: qualityUrl(project) },
    { key: "changes", label: "Changes", href: changesUrl(project) },
  ];
  return (
    <Segmented
      label="Pages about shifts"
      items={places.map((place) => ({ ...place, current: place.key === current }))}
    />
  );
}
