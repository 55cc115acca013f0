import Link from "next/link";
import { PageHead, Section } from "@/components/frame/page-head";
import { Badge } from "@/components/ui/badge";
import { Delta } from "@/components/ui/delta";
import { Glyph } from "@/components/ui/glyph";
import { Segmented } from "@/components/ui/segmented";
import { EmptyState } from "@/components/ui/state";
import { sampleDomain } from "@/lib/chart/distribution";
import { formatInterval, formatP } from "@/lib/format/change";
import { changeText, settleText, verdictTone } from "@/lib/format/comparison";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatScaled, formatValue, type Scale, scaleFor } from "@/lib/format/unit";
import { capitalised, wayOf } from "@/lib/format/verdict";
import type { CompareCaseRead } from "@/lib/queries/compareCase";
import type { SeriesRead } from "@/lib/queries/series";
import { type CompareCaseSelection, compareCaseUrl, compareUrl } from "@/lib/urls/compare";
import { workloadUrl } from "@/lib/urls/workload";
import { CaseChoices } from "./case-choices";
import { CaseHistogram } from "./case-histogram";
import { CaseQuantiles } from "./case-quantiles";
import { CaseRuns } from "./case-runs";
import { type CaseSides, samplesOf, sidesOf } from "./case-sides";
import { CaseTrend } from "./case-trend";

type Props = {
  read: CompareCaseRead;
  selection: CompareCaseSelection;
  /** The line around both sides; null where the case has none on the default branch. */
  series: SeriesRead | null;
};

/** One case of a comparison: its verdict in a sentence, every sample by run, quantiles, and the history around. */
export function CasePage({ read, selection, series }: Props) {
  const sides = sidesOf(read);
  const values = sides.flatMap(samplesOf);
  const scale = scaleFor(values, read.metric?.unit ?? "");
  return (
    <>
      <CaseHead read={read} selection={selection} scale={scale} />
      <CaseChoices read={read} selection={selection} />
      {values.length === 0 ? <NoSamples read={read} /> : <Samples {...{ read, selection, sides, values, scale }} />}
      {read.quantiles.length > 0 && (
        <Section title="Quantiles" note="all parts of the distribution alike, or one alone">
          <CaseQuantiles quantiles={read.quantiles} scale={scale} />
          <p className="mt-2 max-w-[100ch] text-label text-ink-3">
            Every run weighs the same. Intervals leave out one run after the other, since samples of a run hang
            together; they are per quantile. The verdict rests on the runs, not on these.
          </p>
        </Section>
      )}
      {series && series.points.length > 0 && <Around read={read} series={series} />}
    </>
  );
}

function CaseHead({ read, selection, scale }: Omit<Props, "series"> & { scale: Scale }) {
  const { row, metric, workload, params, project } = read;
  const back = compareUrl(project.slug, { baseline: selection.baseline, contender: selection.contender });
  const label = metric ? metricLabel(metric.name, metric.displayName) : "";
  const given = paramsLabel(params);
  return (
    <PageHead
      path={
        <>
          <Link href={back} className="hover:text-ink" prefetch={false}>
            Compare
          </Link>{" "}
          / {read.baseline.label} → {read.contender.label}
        </>
      }
      title={
        <span className="inline-flex flex-wrap items-center gap-x-2.5 gap-y-1">
          {row && (
            <Badge tone={verdictTone(row.verdict)} way={row.verdict === "improvement" ? "down" : "up"}>
              {row.verdict === "unchanged" || row.verdict === "inconclusive"
                ? CALM[row.verdict]
                : capitalised(row.verdict)}
            </Badge>
          )}
          <span>
            {workload}
            {given && <span className="font-normal text-ink-3"> {given}</span>}
            {row && label && `: ${metricInSentence(label)} `}
            {row && <span className="whitespace-nowrap">{changeText(row)}</span>}
          </span>
        </span>
      }
      sentence={row ? <Sentence read={read} scale={scale} label={label} /> : (read.note ?? "Not on both sides.")}
    />
  );
}

const CALM = { unchanged: "Unchanged", inconclusive: "Inconclusive" } as const;

function Sentence({ read, scale, label }: { read: CompareCaseRead; scale: Scale; label: string }) {
  const { row, environment, warnings } = read;
  if (!row) return null;
  const { baseline, contender, interval, change } = row;
  const settle = settleText(row);
  return (
    <>
      {label} in {environment}: <b>{formatScaled(baseline.value, scale)}</b> →{" "}
      <b>{formatValue(contender.value, scale)}</b>,{" "}
      <Delta tone={verdictTone(row.verdict)} way={wayOf(row.difference ?? 0)} text={changeText(row)} />
      {interval && change !== null && ` [${formatInterval(...interval)}]`}
      {row.exact ? ", exact" : row.q !== null && `, q ${formatP(row.q)}`}; {plural(baseline.runs, "run")} with{" "}
      {plural(baseline.samples, "sample")} against {plural(contender.runs, "run")} with{" "}
      {plural(contender.samples, "sample")}.{settle && ` ${settleSentence(settle)}`}
      {warnings.map(({ code, text }) => (
        <span key={code + text} className="mt-1 flex items-baseline gap-2 text-warn">
          <Glyph tone="warn" /> {text}
        </span>
      ))}
    </>
  );
}

const settleSentence = (runs: string) =>
  `${runs.startsWith(">") ? `More than${runs.slice(1)}` : runs} more a side would settle it.`;

function NoSamples({ read }: { read: CompareCaseRead }) {
  const why = read.oneSided.map(({ kind, error }) => (error ? `${kind}: ${error}` : kind)).join("; ");
  return (
    <EmptyState title="Neither side has samples of this case to show">
      {why || read.note || "No metric of this case was measured on both sides."}
    </EmptyState>
  );
}

type SamplesProps = Omit<Props, "series"> & { sides: CaseSides; values: number[]; scale: Scale };

function Samples({ read, selection, sides, values, scale }: SamplesProps) {
  const domain = sampleDomain(values);
  const { slug } = read.project;
  const workload = { number: read.workloadNumber, name: read.workload };
  const to = (draw: CompareCaseSelection["draw"]) => compareCaseUrl(slug, workload, { ...selection, draw });
  return (
    <Section
      title="Samples"
      note={
        selection.draw === "strip" ? "by run: a cluster that is off is seen as one" : "a bar is cut where runs meet"
      }
      className="mt-6"
      right={
        <Segmented
          label="Samples as"
          items={[
            { key: "strip", label: "By run", href: to("strip"), current: selection.draw === "strip" },
            { key: "histogram", label: "Histogram", href: to("histogram"), current: selection.draw === "histogram" },
          ]}
        />
      }
    >
      {selection.draw === "strip" ? (
        <>
          <CaseRuns project={slug} sides={sides} domain={domain} scale={scale} />
          <p className="mt-2 text-label text-ink-3">
            Dots are samples, the heavy stroke is the run's median, the thin line the mean of its side. A triangle lies
            off the axis.
          </p>
        </>
      ) : (
        <CaseHistogram sides={sides} domain={domain} scale={scale} />
      )}
    </Section>
  );
}

function Around({ read, series }: { read: CompareCaseRead; series: SeriesRead }) {
  const { project, baseline, contender, metric, environment, params } = read;
  const pins = [baseline, contender].flatMap(({ sha, label }) => (sha ? [{ sha, label }] : []));
  const isOne = pins.length === 2 && pins[0]?.sha === pins[1]?.sha;
  const shown = isOne ? [{ sha: pins[0]?.sha ?? "", label: "both sides" }] : pins;
  const onLine = shown.filter(({ sha }) => series.points.some((point) => point.sha === sha));
  return (
    <Section
      title="History around both sides"
      note={
        onLine.length > 0
          ? `${series.branch}, ${plural(series.points.length, "measured commit")}`
          : `neither side lies on ${series.branch}: its newest ${plural(series.points.length, "measured commit")}`
      }
      right={
        <Link
          href={workloadUrl(
            project.slug,
            { number: read.workloadNumber, name: read.workload },
            {
              metric: metric ? [metric.name] : [],
              environment: environment ? [environment] : [],
              params: paramsLabel(params) ? JSON.stringify(params) : null,
              pin: [...new Set(onLine.map(({ sha }) => sha.slice(0, 10)))],
            },
          )}
          className="link"
          prefetch={false}
        >
          Whole history
        </Link>
      }
    >
      <CaseTrend project={project.slug} series={series} pins={onLine} />
    </Section>
  );
}
