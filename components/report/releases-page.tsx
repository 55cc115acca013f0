import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { Pages } from "@/components/shifts/pages";
import { ButtonLink } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Command, EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { ReleaseRow, ReleasesRead } from "@/lib/release/read";
import { commitUrl } from "@/lib/urls/commit";
import { type ReleasesSelection, releasesUrl, releaseUrl } from "@/lib/urls/releases";
import { TagFilter } from "./tag-filter";

type Props = { slug: string; branch: string; list: ReleasesRead; selection: ReleasesSelection; pageSize: number };

const STATES = { draft: "Draft", frozen: "Frozen", signed: "Signed off", rejected: "Rejected" } as const;
const CHOICES = [
  { key: null, label: "All" },
  { key: "none", label: "No report" },
  { key: "draft", label: "Draft" },
  { key: "frozen", label: "Frozen" },
  { key: "signed", label: "Signed off" },
  { key: "rejected", label: "Rejected" },
] as const;

/** The releases of a project, the newest first, with what lies between each and the one before it. */
export function ReleasesPage({ slug, branch, list, selection, pageSize }: Props) {
  if (list.all === 0) return <NoRelease slug={slug} />;
  return (
    <>
      <PageHead
        title="Releases"
        sentence={
          <>
            {plural(list.all, "release")}. Each has a report against the one before it; so has the head of a branch,
            before it is tagged.
          </>
        }
      >
        <ButtonLink href={releaseUrl(slug, `branch:${branch}`)} look="outline">
          Report of {branch}
        </ButtonLink>
      </PageHead>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Segmented
          label="State of the report"
          items={CHOICES.map(({ key, label }) => ({
            key: key ?? "all",
            label,
            href: releasesUrl(slug, { ...selection, state: key, page: 1 }),
            current: selection.state === key,
          }))}
        />
        <TagFilter slug={slug} selection={selection} />
      </div>
      {list.items.length > 0 ? (
        <>
          <Rows slug={slug} items={list.items} />
          <Pages
            page={selection.page}
            pageSize={pageSize}
            shown={list.items.length}
            total={list.total}
            urlOf={(page) => releasesUrl(slug, { ...selection, page })}
          />
        </>
      ) : (
        <EmptyState
          title={`None of ${plural(list.all, "release")} fits`}
          actions={<ButtonLink href={releasesUrl(slug)}>Show all</ButtonLink>}
        />
      )}
    </>
  );
}

function NoRelease({ slug }: { slug: string }) {
  return (
    <>
      <PageHead title="Releases" />
      <EmptyState title="No release was sent yet">
        <p className="mb-2">Send the tags of a checkout, then each has a report here:</p>
        <Command>npm run --silent tidemark -- releases path/to/checkout --project {slug}</Command>
      </EmptyState>
    </>
  );
}

function Rows({ slug, items }: { slug: string; items: readonly ReleaseRow[] }) {
  return (
    <Table label="Releases">
      <thead>
        <tr>
          <Head>Release</Head>
          <Head>Date</Head>
          <Head className="max-sm:hidden">Commit</Head>
          <Head numeric className="max-sm:hidden">
            Commits
          </Head>
          <Head numeric className="max-sm:hidden">
            Own runs
          </Head>
          <Head numeric>Worse</Head>
          <Head numeric>Open</Head>
          <Head numeric className="max-sm:hidden">
            Better
          </Head>
          <Head>Report</Head>
        </tr>
      </thead>
      <tbody>
        {items.map((release) => (
          <ReleaseLine key={release.tag} slug={slug} release={release} />
        ))}
      </tbody>
    </Table>
  );
}

function ReleaseLine({ slug, release }: { slug: string; release: ReleaseRow }) {
  const { tag, sha, releasedAt, committedAt, commits, runs, worse, better, open, state, decidedBy, moved } = release;
  return (
    <Row>
      <Cell className="font-medium [overflow-wrap:anywhere]">
        <Link href={releaseUrl(slug, tag)} prefetch={false} className="hover:underline">
          {tag}
        </Link>
      </Cell>
      <Cell className="whitespace-nowrap text-ink-2">
        <Time at={releasedAt ?? committedAt} />
      </Cell>
      <Cell className="max-sm:hidden">
        <Link href={commitUrl(slug, sha)} prefetch={false} className="sha link">
          {shortSha(sha)}
        </Link>
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {release.position === null ? <span className="text-ink-3">own line</span> : formatCount(commits)}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {formatCount(runs)}
      </Cell>
      <Cell numeric>{worse === 0 ? <span className="text-ink-3">0</span> : formatCount(worse)}</Cell>
      <Cell numeric>
        {open === 0 ? <span className="text-ink-3">0</span> : <span className="text-warn">{formatCount(open)}</span>}
      </Cell>
      <Cell numeric className="max-sm:hidden">
        {better === 0 ? <span className="text-ink-3">0</span> : formatCount(better)}
      </Cell>
      <Cell className="text-ink-2">
        {state === null ? <span className="text-ink-3">none begun</span> : STATES[state]}
        {decidedBy && <span className="text-ink-3 max-sm:hidden"> by {decidedBy}</span>}
        {moved && <span className="text-warn"> tag moved</span>}
      </Cell>
    </Row>
  );
}
