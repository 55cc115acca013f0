import Link from "next/link";
import { Analysed, type AnalysedFacts } from "@/components/frame/analysed";
import { ButtonLink } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Segmented } from "@/components/ui/segmented";
import { EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import { formatDate } from "@/lib/format/time";
import type { QualityRead, QualityRow } from "@/lib/queries/quality";
import { LEAST_DECIDED, type Share } from "@/lib/shift/quality";
import { apiUrl } from "@/lib/urls/api";
import { QUALITY_GROUPS, type QualityGroup, type QualitySelection, qualityUrl, shiftsUrl } from "@/lib/urls/shifts";
import { ListHead } from "./list-head";
import { durationText, percent, qualitySentence, shareText, VERDICT_WORDS } from "./quality-words";
import { SinceChoice } from "./since-choice";

type Props = {
  project: string;
  read: QualityRead;
  selection: QualitySelection;
  releases: string[];
  /** What an empty list rests on. */
  analysed: AnalysedFacts | null;
};

const GROUP_WORDS: Record<QualityGroup, string> = { metric: "Metric", workload: "Workload", detector: "Detector" };

/** How good the alerts are, from what people decided: which metrics and workloads deserve them. */
export function QualityPage({ project, read, selection, releases, analysed }: Props) {
  const { all, groups, totals, since } = read;
  const from = since === null ? "" : ` since ${since.release ?? formatDate(since.at)}`;
  return (
    <>
      <ListHead
        project={project}
        current="quality"
        title="Quality of the alerts"
        sentence={qualitySentence(all, from)}
        csv={apiUrl.quality(project, selection.since)}
      />
      <div className="flex flex-wrap items-start gap-2">
        <Segmented
          label="Counted by"
          items={QUALITY_GROUPS.map((by) => ({
            key: by,
            label: GROUP_WORDS[by],
            count: formatCount(totals[by]),
            href: qualityUrl(project, { ...selection, by }),
            current: by === selection.by,
          }))}
        />
        <SinceChoice
          label="Opened since"
          since={selection.since}
          releases={releases}
          project={project}
          quality={selection}
        />
      </div>
      {groups.length > 0 ? (
        <Groups project={project} groups={groups} by={selection.by} />
      ) : (
        <EmptyState
          title="Nothing to count yet"
          actions={<ButtonLink href={shiftsUrl(project)}>Open the queue</ButtonLink>}
        >
          <p>A shift counts once it is confirmed, or somebody has decided on it.</p>
          {analysed && (
            <p className="mt-1">
              <Analysed {...analysed} />
            </p>
          )}
        </EmptyState>
      )}
      <p className="mt-4 max-w-[92ch] text-label text-pretty text-ink-3">
        Real: accepted or fixed, of those decided on; infrastructure and not real are the others. In brackets the 95 %
        interval (Wilson). A group needs {LEAST_DECIDED} decisions; mostly real and mostly noise are said where the
        interval leaves out one half. A shift counts in every metric and workload that it named when it was told, parts
        of other shifts nowhere. First action: from confirmation to the first decision or note, median.
      </p>
    </>
  );
}

function Groups({ project, groups, by }: { project: string; groups: readonly QualityRow[]; by: QualityGroup }) {
  return (
    <Table label={`Quality by ${by}`}>
      <thead>
        <tr>
          <Head>{GROUP_WORDS[by]}</Head>
          <Head className="max-sm:hidden">Alerts</Head>
          <Head numeric>Told</Head>
          <Head numeric>Decided</Head>
          <Head className="max-md:hidden">
            <span className="sr-only">Real, drawn</span>
          </Head>
          <Head numeric>Real</Head>
          <Head numeric className="max-md:hidden">
            Fixed, of real
          </Head>
          <Head numeric className="max-lg:hidden">
            Infrastructure
          </Head>
          <Head numeric className="max-lg:hidden">
            Not real
          </Head>
          <Head numeric className="max-sm:hidden">
            First action
          </Head>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Row key={group.name}>
            <Cell className="min-w-26 [overflow-wrap:anywhere] max-sm:py-1">
              <GroupName project={project} group={group} />
              <span className="block text-label text-ink-3 sm:hidden">{VERDICT_WORDS[group.verdict]}</span>
            </Cell>
            <Cell
              className={classes(
                "whitespace-nowrap max-sm:hidden",
                group.verdict === "real" || group.verdict === "noise" ? "font-medium" : "text-ink-3",
              )}
            >
              {VERDICT_WORDS[group.verdict]}
            </Cell>
            <Cell numeric>{formatCount(group.shifts)}</Cell>
            <Cell numeric>{formatCount(group.decided)}</Cell>
            <Cell className="max-md:hidden">
              <ShareBar share={group.real} />
            </Cell>
            <Cell numeric>{shareText(group.real)}</Cell>
            <Cell numeric className="max-md:hidden">
              {shareText(group.fixedShare)}
            </Cell>
            <Cell numeric className="max-lg:hidden">
              {formatCount(group.infrastructure)}
            </Cell>
            <Cell numeric className="max-lg:hidden">
              {formatCount(group.notReal)}
            </Cell>
            <Cell numeric className="max-sm:hidden">
              {durationText(group.firstActionSeconds)}
              {group.acted > 0 && <span className="text-ink-3"> of {formatCount(group.acted)}</span>}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function GroupName({ project, group: { by, name } }: { project: string; group: QualityRow }) {
  if (by === "detector") return `Version ${name}`;
  const filter = by === "metric" ? { metric: name } : { workload: name };
  return (
    <Link href={shiftsUrl(project, { status: "all", ...filter })} className="link" prefetch={false}>
      {by === "metric" ? metricLabel(name, null) : name}
    </Link>
  );
}

const WIDTH = 120;

/** The share as a point with its interval on a scale from 0 to 100 %, one half marked. No verdict, so no colour of one. */
function ShareBar({ share }: { share: Share }) {
  if (!share) return null;
  const [low, high] = share.interval;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} 12`}
      width={WIDTH}
      height={12}
      role="img"
      aria-label={`${percent(share.value)}, between ${percent(low)} and ${percent(high)}`}
    >
      <path d={`M0 6H${WIDTH}`} className="stroke-line" />
      <path d={`M${WIDTH / 2} 2V10`} className="stroke-line-strong" />
      <path d={`M${low * WIDTH} 6H${high * WIDTH}`} className="stroke-point" strokeWidth="2" />
      <circle cx={Math.min(WIDTH - 3, Math.max(3, share.value * WIDTH))} cy="6" r="3" className="fill-level" />
    </svg>
  );
}
