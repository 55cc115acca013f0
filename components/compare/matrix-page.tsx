import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { Badge } from "@/components/ui/badge";
import { ButtonLink, buttonClasses } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Delta } from "@/components/ui/delta";
import { Glyph } from "@/components/ui/glyph";
import { Select } from "@/components/ui/menu";
import { EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import {
  changeText,
  comparisonHeadline,
  comparisonMark,
  intervalText,
  rowScale,
  verdictTone,
} from "@/lib/format/comparison";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { formatCount, NBSP } from "@/lib/format/number";
import { formatValue } from "@/lib/format/unit";
import { wayOf } from "@/lib/format/verdict";
import type { CompareMatrix, MatrixRow, MatrixVariant } from "@/lib/queries/compareMatrix";
import {
  COMPARE_SORTS,
  type CompareMatrixSelection,
  compareApiUrl,
  compareCaseUrl,
  compareMatrixUrl,
  compareUrl,
} from "@/lib/urls/compare";
import { Live } from "./live";
import { isLongName, PAGE_ROWS, shortLabel } from "./view-rows";
import { MatrixWorkloadFilter } from "./workload-filter";

type Props = { matrix: CompareMatrix; selection: CompareMatrixSelection };

const SORTS: Record<CompareMatrixSelection["sort"], string> = {
  effect: "largest change",
  noise: "change over noise",
  name: "name",
};

/** All variants of an experiment against one of them: a column each, judged as one family. `arrived`: runs it was made of. */
export function MatrixPage({ matrix, selection, arrived }: Props & { arrived: number }) {
  const { experiment, baseline, variants, comparisons, falseDiscoveryRate, project } = matrix;
  const first = Math.min(selection.page - 1, Math.max(0, Math.ceil(matrix.rows.length / PAGE_ROWS) - 1)) * PAGE_ROWS;
  const rows = matrix.rows.slice(first, first + PAGE_ROWS);
  const { page: _page, ...asked } = selection;
  const open = variants.some(({ looks }) => looks?.open);
  return (
    <>
      <PageHead
        path={
          <Link href={compareUrl(project.slug)} className="hover:text-ink" prefetch={false}>
            Compare
          </Link>
        }
        title={`${experiment}: ${formatCount(variants.length)} variants against ${shortLabel(baseline.label)}`}
        sentence={`All ${formatCount(comparisons)} comparisons are one family: false calls are held at ${formatCount(falseDiscoveryRate * 100)}${NBSP}% of all calls, however many variants there are.`}
      >
        <a
          href={compareApiUrl.matrix(project.slug, { ...asked, format: "csv" })}
          className={buttonClasses("ghost")}
          download
        >
          CSV
        </a>
      </PageHead>
      <Variants matrix={matrix} selection={selection} />
      <p className="mt-3 flex flex-wrap gap-x-4 text-ink-2">
        {open && <span>Until both sides have their planned runs there are intervals only.</span>}
        <Live project={project.slug} experiment={experiment} runs={arrived} open={open} />
      </p>
      <MatrixFilters matrix={matrix} selection={selection} />
      {rows.length === 0 ? <NoRows matrix={matrix} selection={selection} /> : <Cells matrix={matrix} rows={rows} />}
      {rows.length > 0 && <Legend />}
      {rows.length < matrix.rows.length && (
        <p className="mt-3 flex items-center gap-2 text-ink-2">
          {formatCount(first + 1)} to {formatCount(first + rows.length)} of {formatCount(matrix.rows.length)}
          {first > 0 && (
            <ButtonLink href={compareMatrixUrl(project.slug, { ...selection, page: first / PAGE_ROWS })}>
              Previous
            </ButtonLink>
          )}
          {first + rows.length < matrix.rows.length && (
            <ButtonLink href={compareMatrixUrl(project.slug, { ...selection, page: first / PAGE_ROWS + 2 })}>
              Next
            </ButtonLink>
          )}
        </p>
      )}
    </>
  );
}

function NoRows({ matrix, selection }: Props) {
  if (matrix.comparisons === 0) return <EmptyState title="No row is measured on both sides" />;
  const clear = compareMatrixUrl(matrix.project.slug, { ...selection, metric: null, workload: null, page: 1 });
  return (
    <EmptyState title="No row matches these filters" actions={<ButtonLink href={clear}>Show all rows</ButtonLink>} />
  );
}

/** A line per variant: its verdict in a sentence, and the way to the comparison of the two alone. */
function Variants({ matrix, selection }: Props) {
  return (
    <ul className="flex flex-col gap-1.5">
      {matrix.variants.map(({ variant, side, summary, looks, note, warnings }) => {
        const mark = comparisonMark(summary);
        return (
          <li key={variant} className="flex flex-wrap items-baseline gap-x-2.5">
            <Badge tone={mark.tone} way={mark.tone === "worse" ? "up" : "down"}>
              {looks?.open ? "Open" : mark.word}
            </Badge>
            <Link
              href={compareUrl(matrix.project.slug, {
                baseline: matrix.baseline.side,
                contender: side.side,
                environment: selection.environment,
              })}
              prefetch={false}
              className="link font-medium"
            >
              {variant}
            </Link>
            <span className="text-ink-2">{note ?? comparisonHeadline(summary)}</span>
            {warnings.map(({ code, text }) => (
              <span key={code + text} className="basis-full text-label text-warn">
                {text}
              </span>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

function MatrixFilters({ matrix, selection }: Props) {
  const { project, metrics, baseline, variants } = matrix;
  const to = (change: Partial<CompareMatrixSelection>) =>
    compareMatrixUrl(project.slug, { ...selection, page: 1, ...change });
  const base = shortLabel(baseline.label);
  const chosen = metrics.find(({ name }) => name === selection.metric);
  return (
    <div className="mt-6 mb-3 flex flex-wrap gap-2 print:hidden">
      <Select
        label="Against"
        value={base}
        items={[base, ...variants.map(({ variant }) => variant)].map((name) => ({
          key: name,
          label: name,
          selected: name === base,
          href: to({ baseline: name }),
        }))}
      />
      <Select
        label="Metric"
        value={chosen ? metricInSentence(metricLabel(chosen.name, chosen.displayName)) : `all ${metrics.length}`}
        items={[
          { key: "", label: `All ${metrics.length}`, selected: chosen === undefined, href: to({ metric: null }) },
          ...metrics.map(({ name, displayName }) => ({
            key: name,
            label: metricLabel(name, displayName),
            selected: name === selection.metric,
            href: to({ metric: name }),
          })),
        ]}
      />
      <Select
        label="Sort"
        value={SORTS[selection.sort]}
        items={COMPARE_SORTS.map((sort) => ({
          key: sort,
          label: SORTS[sort],
          selected: sort === selection.sort,
          href: to({ sort }),
        }))}
      />
      <MatrixWorkloadFilter project={project.slug} selection={selection} />
    </div>
  );
}

/** On a phone the name stays where it is while the variants are moved. */
const STUCK = "max-sm:sticky max-sm:left-0 max-sm:z-10 max-sm:min-w-26 max-sm:bg-bg";

function Cells({ matrix, rows }: { matrix: CompareMatrix; rows: readonly MatrixRow[] }) {
  const names = new Map(matrix.metrics.map(({ name, displayName }) => [name, metricLabel(name, displayName)]));
  return (
    <Table label="Variants">
      <thead>
        <tr>
          <Head className={STUCK}>Workload</Head>
          <Head className="max-sm:hidden">Metric</Head>
          <Head numeric className="max-sm:hidden">
            {shortLabel(matrix.baseline.label)}
          </Head>
          {matrix.variants.map(({ variant }) => (
            <Head key={variant} numeric>
              {variant}
            </Head>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={JSON.stringify([row.workloadNumber, row.params, row.version, row.metric, row.environment])}>
            <Cell
              className={classes(
                STUCK,
                "font-medium [overflow-wrap:anywhere] max-sm:py-1",
                isLongName(row.workload) && "sm:min-w-48",
              )}
            >
              <span className={isLongName(row.workload) ? "line-clamp-3" : undefined} title={row.workload}>
                {row.workload}
              </span>{" "}
              <span className="font-normal text-ink-3">{paramsLabel(row.params)}</span>
              {matrix.environments.length > 1 && <span className="font-normal text-ink-3"> {row.environment}</span>}
              <span className="block text-label font-normal text-ink-3 sm:hidden">
                {names.get(row.metric) ?? row.metric}
              </span>
            </Cell>
            <Cell className="whitespace-nowrap text-ink-2 max-sm:hidden">{names.get(row.metric) ?? row.metric}</Cell>
            <Cell numeric className="text-ink-2 max-sm:hidden">
              {row.cells[0] ? formatValue(row.baseline.value, rowScale(row.cells[0])) : ""}
            </Cell>
            {matrix.variants.map((one) => (
              <VariantCell key={one.variant} matrix={matrix} row={row} variant={one} />
            ))}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** Change with its interval, told by glyph and word; empty where the variant was not measured. */
function VariantCell({ matrix, row, variant }: { matrix: CompareMatrix; row: MatrixRow; variant: MatrixVariant }) {
  const cell = row.cells.find((one) => one.variant === variant.variant);
  if (!cell)
    return (
      <Cell numeric className="text-label text-ink-3">
        not measured
      </Cell>
    );
  const href = compareCaseUrl(
    matrix.project.slug,
    { number: row.workloadNumber, name: row.workload },
    {
      baseline: matrix.baseline.side,
      contender: variant.side.side,
      environment: row.environment,
      metric: row.metric,
      params: paramsLabel(row.params) ? JSON.stringify(row.params) : null,
      version: row.version,
    },
  );
  return (
    <Cell numeric className="py-1 leading-tight max-sm:px-1.5">
      <Link
        href={href}
        prefetch={false}
        className="inline-flex items-center gap-1.5 underline-offset-3 hover:underline"
        title={cellWord(cell)}
      >
        {cell.verdict === "unchanged" && <Glyph tone="same" />}
        {cell.verdict === "inconclusive" && <Glyph tone="unsure" />}
        <Delta tone={verdictTone(cell.verdict)} way={wayOf(cell.difference ?? 0)} text={changeText(cell)} />
      </Link>
      <span className="block text-label text-ink-3">
        <span className="sr-only">{cellWord(cell)}</span>
        {intervalText(cell)}
      </span>
    </Cell>
  );
}

/** Which sign stands for which verdict. */
function Legend() {
  return (
    <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-label text-ink-3">
      <span className="inline-flex items-center gap-1.5">
        <Glyph tone="worse" /> regression
      </span>
      <span className="inline-flex items-center gap-1.5">
        <Glyph tone="better" way="down" /> improvement
      </span>
      <span className="inline-flex items-center gap-1.5">
        <Glyph tone="same" /> unchanged
      </span>
      <span className="inline-flex items-center gap-1.5">
        <Glyph tone="unsure" /> cannot be told, or open
      </span>
      <span>Below each change its 95 % interval, of this cell alone.</span>
    </p>
  );
}

function cellWord({ verdict, open }: MatrixRow["cells"][number]): string {
  if (open) return "waits for its runs";
  return verdict === "inconclusive" ? "cannot be told" : verdict;
}
