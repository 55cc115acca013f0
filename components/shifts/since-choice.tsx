"use client";
import { useRouter } from "next/navigation";
import { useId } from "react";
import { Select } from "@/components/ui/menu";
import { formatDate } from "@/lib/format/time";
import { acceptedUrl, type QualitySelection, qualityUrl } from "@/lib/urls/shifts";

type Props = {
  label: string;
  /** "release:TAG", a day, or null for everything. */
  since: string | null;
  releases: readonly string[];
  project: string;
  /** What else the page of the quality of alerts is asked for; left out: the page of accepted levels. */
  quality?: QualitySelection;
};

const MOST = 30;

/** From when on: a release, a day, or everything. Every choice is an address. */
export function SinceChoice({ label, since, releases, project, quality }: Props) {
  const urlOf = (from: string | null) =>
    quality ? qualityUrl(project, { ...quality, since: from }) : acceptedUrl(project, { since: from });
  const router = useRouter();
  const id = useId();
  const tag = since?.startsWith("release:") ? since.slice("release:".length) : null;
  const day = since !== null && /^\d{4}-\d\d-\d\d$/.test(since) ? since : "";
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Select
        label={label}
        value={tag ?? (day === "" ? (since ?? "the beginning") : formatDate(day))}
        items={[
          { key: "", label: "The beginning", selected: since === null, href: urlOf(null) },
          ...releases.slice(0, MOST).map((release) => ({
            key: release,
            label: release,
            selected: release === tag,
            href: urlOf(`release:${release}`),
          })),
        ]}
      />
      <label htmlFor={id} className="text-ink-3">
        or a day
      </label>
      <input
        id={id}
        type="date"
        defaultValue={day}
        key={day}
        onChange={(event) => {
          if (event.target.validity.valid) router.replace(urlOf(event.target.value || null), { scroll: false });
        }}
        className="h-(--control) rounded-2 bg-bg px-2.5 text-ink shadow-outline outline-none focus-visible:outline-2 focus-visible:outline-accent"
      />
    </div>
  );
}
