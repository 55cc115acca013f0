import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { AccountMenu } from "@/components/account/account-menu";
import { Palette } from "@/components/palette/palette";
import { Menu } from "@/components/ui/menu";
import type { Frame } from "@/lib/queries/frame";
import { overviewUrl } from "@/lib/urls/overview";
import { Mark } from "./brand";
import { Tabs } from "./tabs";
import { ThemeMenu } from "./theme-menu";
import type { Theme } from "./themes";

/** The bar above every page of a project. On narrow windows the pages move to a row of their own. */
export function Bar({ frame, theme }: { frame: Frame; theme: Theme | null }) {
  const { account, project, projects, openShifts } = frame;
  return (
    <header className="border-b border-line print:hidden">
      <div className="mx-auto flex min-h-(--bar) max-w-(--page-max) flex-wrap items-stretch gap-x-5 px-(--gutter)">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-2 focus:bg-raised focus:px-3 focus:py-1 focus:shadow-float"
        >
          Skip to the page
        </a>
        <div className="flex h-(--bar) min-w-0 items-center gap-3">
          <Link
            href="/"
            className="flex items-center gap-2 font-semibold tracking-[-0.01em]"
            aria-label="Tidemark, all projects"
          >
            <Mark />
            <span className="max-sm:hidden">Tidemark</span>
          </Link>
          <span className="text-ink-4 max-sm:hidden" aria-hidden="true">
            /
          </span>
          <Menu
            label={`Project ${project.name}`}
            className="-mx-2 flex h-(--control) min-w-0 items-center gap-1.5 rounded-2 px-2 hover:bg-surface"
            trigger={
              <>
                <span className="max-w-[28ch] min-w-0 truncate font-medium max-sm:max-w-[calc(100vw-16rem)] lg:max-w-[min(28ch,calc(100vw-63rem))]">
                  {project.name}
                </span>
                <ChevronDown className="size-4 shrink-0" strokeWidth={1.5} aria-hidden />
              </>
            }
            items={projects.map(({ slug, name }) => ({
              key: slug,
              label: name,
              selected: slug === project.slug,
              href: overviewUrl(slug),
            }))}
          />
        </div>
        <Tabs project={project.slug} openShifts={openShifts} />
        <div className="ml-auto flex h-(--bar) items-center gap-1">
          <Palette project={project.slug} />
          <ThemeMenu theme={theme} />
          <AccountMenu account={account} project={project.slug} />
        </div>
      </div>
    </header>
  );
}
