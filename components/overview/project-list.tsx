import Link from "next/link";
import { AccountMenu } from "@/components/account/account-menu";
import { PageHead } from "@/components/frame/page-head";
import { PlainFrame } from "@/components/frame/plain-frame";
import { ThemeMenu } from "@/components/frame/theme-menu";
import type { Theme } from "@/components/frame/themes";
import { Command, EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/format/number";
import type { FrameAccount, ProjectItem } from "@/lib/queries/frame";
import { overviewUrl } from "@/lib/urls/overview";
import { shiftsUrl } from "@/lib/urls/shifts";

/** Every project, with how much there is in it and whether something waits. */
export function ProjectList({
  projects,
  theme,
  account,
}: {
  projects: ProjectItem[];
  theme: Theme | null;
  account: FrameAccount | null;
}) {
  const right = (
    <div className="flex items-center gap-1">
      <ThemeMenu theme={theme} />
      <AccountMenu account={account} />
    </div>
  );
  return (
    <PlainFrame right={right}>
      <PageHead title="Projects" sentence={`${plural(projects.length, "project")} that you may read.`} />
      {projects.length === 0 ? (
        <EmptyState title="No project yet">
          <p className="mb-2">Create one with the admin token that the first start has shown:</p>
          <Command>{CREATE}</Command>
        </EmptyState>
      ) : (
        <Table label="Projects" className="max-w-[880px]">
          <thead>
            <tr>
              <Head>Project</Head>
              <Head numeric className="max-sm:hidden">
                Workloads
              </Head>
              <Head numeric className="max-sm:hidden">
                Runs
              </Head>
              <Head numeric>Open shifts</Head>
              <Head numeric>Newest run, UTC</Head>
            </tr>
          </thead>
          <tbody>
            {projects.map(({ slug, name, workloads, runs, openShifts, newestRun }) => (
              <Row key={slug}>
                <Cell>
                  <Link
                    href={overviewUrl(slug)}
                    className="line-clamp-2 font-medium [overflow-wrap:anywhere] hover:underline"
                    prefetch={false}
                  >
                    {name}
                  </Link>
                </Cell>
                <Cell numeric className="max-sm:hidden">
                  {formatCount(workloads)}
                </Cell>
                <Cell numeric className="max-sm:hidden">
                  {formatCount(runs)}
                </Cell>
                <Cell numeric>
                  {openShifts > 0 ? (
                    <Link href={shiftsUrl(slug)} className="link" prefetch={false}>
                      {formatCount(openShifts)}
                    </Link>
                  ) : (
                    <span className="text-ink-3">none</span>
                  )}
                </Cell>
                <Cell numeric className="text-ink-2">
                  {newestRun ? <Time at={newestRun} /> : "none yet"}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </PlainFrame>
  );
}

const CREATE = `curl -X POST "$TIDEMARK_URL/api/v1/projects" \\
  -H "Authorization: Bearer $TIDEMARK_TOKEN" -H "Content-Type: application/json" \\
  -d '{"slug": "my-project", "name": "My project"}'`;
