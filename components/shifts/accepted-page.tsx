import Link from "next/link";
import { Analysed, type AnalysedFacts } from "@/components/frame/analysed";
import { MemberDelta, memberName } from "@/components/frame/largest";
import { IssueLink } from "@/components/triage/link-lines";
import { ButtonLink } from "@/components/ui/button";
import { Glyph, TONE_TEXT } from "@/components/ui/glyph";
import { EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/format/number";
import { formatQuantity } from "@/lib/format/unit";
import { capitalised, toneOf } from "@/lib/format/verdict";
import type { AcceptedItem, AcceptedRead } from "@/lib/queries/accepted";
import { apiUrl } from "@/lib/urls/api";
import { shiftUrl } from "@/lib/urls/shift";
import { type AcceptedSelection, acceptedUrl, shiftsUrl } from "@/lib/urls/shifts";
import { ListHead } from "./list-head";
import { Pages } from "./pages";
import { SinceChoice } from "./since-choice";

type Props = {
  project: string;
  read: AcceptedRead;
  selection: AcceptedSelection;
  pageSize: number;
  /** What an empty list rests on. */
  analysed: AnalysedFacts | null;
};

/** Every level that was accepted since a release or a day: what is the new normal, who said so, and until when. */
export function AcceptedPage({ project, read, selection, pageSize, analysed }: Props) {
  const { items, total, releases } = read;
  return (
    <>
      <ListHead
        project={project}
        current="accepted"
        title="Accepted levels"
        sentence={<Sentence read={read} />}
        csv={apiUrl.accepted(project, selection.since)}
      />
      <SinceChoice label="Accepted since" since={selection.since} releases={releases} project={project} />
      {items.length > 0 ? (
        <>
          <Table label="Accepted levels">
            <thead>
              <tr>
                <Head>#</Head>
                <Head className="max-sm:hidden">
                  <span className="sr-only">Direction</span>
                </Head>
                <Head>Largest change</Head>
                <Head numeric className="max-md:hidden">
                  Before
                </Head>
                <Head numeric className="max-sm:hidden">
                  Accepted level
                </Head>
                <Head numeric>Change</Head>
                <Head className="max-lg:hidden">Contained in</Head>
                <Head className="max-md:hidden">Reason</Head>
                <Head className="max-lg:hidden">Issues</Head>
                <Head className="max-sm:hidden">By</Head>
                <Head>Until</Head>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <AcceptedRow key={item.number} project={project} item={item} />
              ))}
            </tbody>
          </Table>
          <Pages
            page={selection.page}
            pageSize={pageSize}
            shown={items.length}
            total={total}
            urlOf={(page) => acceptedUrl(project, { ...selection, page })}
          />
        </>
      ) : (
        <EmptyState
          title={selection.since === null ? "No level has been accepted" : "No level was accepted since then"}
          actions={
            selection.since === null ? (
              <ButtonLink href={shiftsUrl(project)}>Open the queue</ButtonLink>
            ) : (
              <ButtonLink href={acceptedUrl(project)}>Show all</ButtonLink>
            )
          }
        >
          <p>A shift that is accepted makes its level the new normal, with a reason and, if wanted, an end.</p>
          {analysed && (
            <p className="mt-1">
              <Analysed {...analysed} />
            </p>
          )}
        </EmptyState>
      )}
    </>
  );
}

function Sentence({ read: { total, over, since } }: { read: AcceptedRead }) {
  return (
    <>
      <b>{total === 0 ? "No level" : plural(total, "level")} accepted</b>
      {since && <> since {since.release ?? <Time at={since.at} />}</>}.{" "}
      {over > 0 &&
        `The time of ${formatCount(over)} is over: ${over === 1 ? "it counts" : "they count"} as undecided again.`}
    </>
  );
}

function AcceptedRow({ project, item }: { project: string; item: AcceptedItem }) {
  const { number, direction, summary, reason, issues, acceptedAt, acceptedBy, acceptedUntil, over } = item;
  const { largest } = summary;
  const others = Math.max(0, summary.worse + summary.better + summary.moved - 1);
  const tone = toneOf(direction);
  return (
    <Row>
      <Cell className="text-ink-3">#{number}</Cell>
      <Cell className={`${TONE_TEXT[tone]} max-sm:hidden`}>
        <span className="sr-only">{capitalised(direction)}</span>
        <Glyph tone={tone} way={largest.difference < 0 ? "down" : "up"} />
      </Cell>
      <Cell className="min-w-40 max-sm:min-w-32 max-sm:py-1">
        <Link
          href={shiftUrl(project, number)}
          className="font-medium hover:underline"
          title={item.title}
          prefetch={false}
        >
          {memberName(largest)}
        </Link>
        {others > 0 && <span className="text-ink-3"> and {others} more</span>}
      </Cell>
      <Cell numeric className="text-ink-2 max-md:hidden">
        {formatQuantity(largest.before, largest.unit)}
      </Cell>
      <Cell numeric className="font-medium max-sm:hidden">
        {formatQuantity(largest.after, largest.unit)}
      </Cell>
      <Cell numeric>
        <MemberDelta member={largest} />
      </Cell>
      <Cell className="whitespace-nowrap text-ink-2 max-lg:hidden">{item.containedIn ?? "no release yet"}</Cell>
      <Cell className="max-w-80 py-1 text-pretty text-ink-2 max-md:hidden [overflow-wrap:anywhere]">{reason}</Cell>
      <Cell className="max-lg:hidden">
        <span className="flex flex-col">
          {issues.map((url) => (
            <IssueLink key={url} url={url} />
          ))}
        </span>
      </Cell>
      <Cell className="whitespace-nowrap text-ink-3 max-sm:hidden">
        {acceptedBy ?? "not known"}, <Time at={acceptedAt} />
      </Cell>
      <Cell className={over ? "text-warn sm:whitespace-nowrap" : "text-ink-2 sm:whitespace-nowrap"}>
        {acceptedUntil === null ? "for good" : <Time at={acceptedUntil} />}
        {over && ", over"}
      </Cell>
    </Row>
  );
}
