"use client";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { classes } from "@/components/ui/classes";
import { Delta } from "@/components/ui/delta";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import { type Scale, scaleFor } from "@/lib/format/unit";
import { toneOf, wayOf } from "@/lib/format/verdict";
import type { DetectorFinding, DetectorRead } from "@/lib/queries/detector";
import {
  changeText,
  correlationText,
  driftText,
  INSTEAD_WORDS,
  noiseText,
  rejectedText,
  sizeText,
  toldText,
  visibleText,
} from "./detector-words";

/** Runs for which the card says what they would show; the heads stand before the first answer is there. */
const NEXT_RUNS = [5, 10, 20];
const COLUMNS = 7 + NEXT_RUNS.length;

type Props = { metrics: readonly { name: string; displayName: string | null }[]; reads: readonly DetectorRead[] };

/** A row per line: what the detector sees and tells, and on request what it turned down. The rows stand before they are read. */
export function DetectorLines({ metrics, reads }: Props) {
  return (
    // Fixed widths: nothing moves when the answers come.
    <Table label="Detector" className="min-w-[1200px] table-fixed [&_td]:whitespace-nowrap">
      <thead>
        <tr>
          <Head className="w-[13%]">Metric</Head>
          <Head numeric className="w-[5%]">
            Points
          </Head>
          <Head numeric className="w-[11%]">
            Noise
          </Head>
          <Head numeric>Autocorrelation</Head>
          {NEXT_RUNS.map((count) => (
            <Head key={count} numeric>
              Next {count} runs
            </Head>
          ))}
          <Head numeric>Changepoints</Head>
          <Head numeric>Not told</Head>
          <Head className="w-[21%] pl-4">Drift</Head>
        </tr>
      </thead>
      <tbody>
        {metrics.map(({ name, displayName }) => {
          const read = reads.find(({ metric }) => metric === name);
          const label = metricLabel(name, displayName);
          return read ? <Line key={name} read={read} label={label} /> : <Waiting key={name} label={label} />;
        })}
      </tbody>
    </Table>
  );
}

function Waiting({ label }: { label: string }) {
  return (
    <Row>
      <Cell className="truncate font-medium">{label}</Cell>
      {Array.from({ length: COLUMNS - 1 }, (_, i) => `cell ${i}`).map((key, i) => (
        <Cell key={key} className={i === COLUMNS - 2 ? "pl-4" : "text-right"}>
          <Skeleton className="w-10" />
        </Cell>
      ))}
    </Row>
  );
}

const scaleOf = (read: DetectorRead): Scale =>
  scaleFor([read.level, ...read.found.map(({ after }) => after)], read.unit);

function Line({ read, label }: { read: DetectorRead; label: string }) {
  const scale = scaleOf(read);
  const other = read.appear.length + read.go.length;
  const [wish, setWish] = useState<boolean | null>(null);
  const isOpen = wish ?? other > 0;
  const count = read.instead.length + read.rejected.length;
  return (
    <>
      <Row>
        <Cell className="truncate font-medium" title={label}>
          {label}
        </Cell>
        <Cell numeric className="text-ink-2">
          {formatCount(read.points)}
          {read.isCut && ", the newest"}
        </Cell>
        <Cell numeric>{noiseText(read, scale)}</Cell>
        <Cell numeric className="text-ink-2">
          {correlationText(read.correlation)}
        </Cell>
        {NEXT_RUNS.map((runs) => {
          const one = read.visible.find((visible) => visible.runs === runs);
          return (
            <Cell key={runs} numeric>
              {one && visibleText(one, scale)}
            </Cell>
          );
        })}
        <Cell numeric className="font-medium">
          {toldText(read.found)}
        </Cell>
        <Cell numeric>
          <Opener
            label={`${count} considered and not told, ${label}`}
            isOpen={isOpen}
            onToggle={() => setWish(!isOpen)}
            isEmpty={count + other === 0}
          >
            {count}
          </Opener>
        </Cell>
        <Cell className="truncate pl-4 text-ink-2" title={driftText(read.drift, scale) ?? undefined}>
          {driftText(read.drift, scale) ?? "none told"}
        </Cell>
      </Row>
      {isOpen && count + other > 0 && (
        <tr>
          <td colSpan={COLUMNS} className="border-b border-grid">
            <Findings read={read} scale={scale} />
          </td>
        </tr>
      )}
    </>
  );
}

type OpenerProps = { label: string; isOpen: boolean; isEmpty: boolean; onToggle: () => void; children: ReactNode };

function Opener({ label, isOpen, isEmpty, onToggle, children }: OpenerProps) {
  if (isEmpty) return <span className="text-ink-3">none</span>;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-label={label}
      title={label}
      onClick={onToggle}
      className="inline-flex items-center gap-0.5 align-middle text-ink-2 hover:text-ink"
    >
      <ChevronRight className={classes("size-3.5", isOpen && "rotate-90")} strokeWidth={1.5} aria-hidden />
      {children}
    </button>
  );
}

/** What another sensitivity would change, and what was turned down and why. */
function Findings({ read, scale }: { read: DetectorRead; scale: Scale }) {
  const other = read.appear.length + read.go.length;
  return (
    <div className="sticky left-0 max-w-[min(92ch,calc(100vw-2*var(--gutter)))] py-2 whitespace-normal">
      {other > 0 && <p className="mb-1 font-medium">At this sensitivity {changeText([read])}.</p>}
      <ul className="flex flex-col gap-1 text-ink-2">
        {read.appear.map((one) => (
          <Finding key={`appear ${one.sha}`} finding={one} scale={scale} word="would appear" />
        ))}
        {read.go.map((one) => (
          <Finding key={`go ${one.sha}`} finding={one} scale={scale} word="would go" />
        ))}
        {read.instead.map((one) => (
          <Considered key={`instead ${one.sha}`} one={one} scale={scale} why={INSTEAD_WORDS[one.why]} />
        ))}
        {read.rejected.map((one) => (
          <Considered
            key={`rejected ${one.sha} ${one.why}`}
            one={one}
            scale={scale}
            why={rejectedText(one, read.smallestEffect)}
          />
        ))}
      </ul>
    </div>
  );
}

type Step = { sha: string; committedAt: string | null; change: number | null; difference: number };

function Considered({ one, scale, why }: { one: Step; scale: Scale; why: string }) {
  return (
    <li>
      <span className="font-medium text-ink">{sizeText(one, scale)}</span> at{" "}
      <span className="sha">{shortSha(one.sha)}</span>, <Time at={one.committedAt} />: {why}
    </li>
  );
}

function Finding({ finding, scale, word }: { finding: DetectorFinding; scale: Scale; word: string }) {
  return (
    <li>
      <Delta tone={toneOf(finding.direction)} way={wayOf(finding.difference)} text={sizeText(finding, scale)} /> at{" "}
      <span className="sha">{shortSha(finding.sha)}</span>, <Time at={finding.committedAt} />:{" "}
      <b className="font-medium text-ink">{word}</b>
      {finding.state === "provisional" && word === "would appear" && ", provisional"}
    </li>
  );
}
