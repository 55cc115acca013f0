"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classes } from "@/components/ui/classes";
import { formatCount } from "@/lib/format/number";
import { compareUrl } from "@/lib/urls/compare";
import { overviewUrl } from "@/lib/urls/overview";
import { releasesUrl } from "@/lib/urls/releases";
import { shiftsUrl } from "@/lib/urls/shifts";
import { workloadsUrl } from "@/lib/urls/workloads";

/** The pages of a project; the count is that of the list behind it. */
export function Tabs({ project, openShifts }: { project: string; openShifts: number }) {
  const path = usePathname();
  const overview = overviewUrl(project);
  const tabs = [
    { href: overview, label: "Overview", current: path === overview },
    { href: workloadsUrl(project), label: "Workloads" },
    { href: compareUrl(project), label: "Compare" },
    { href: shiftsUrl(project), label: "Shifts", count: openShifts },
    { href: releasesUrl(project), label: "Releases" },
  ];
  return (
    <nav
      aria-label="Pages"
      className="flex min-w-0 gap-0.5 self-stretch overflow-x-auto max-lg:order-last max-lg:w-full"
    >
      {tabs.map(({ href, label, count, current = path.startsWith(href) }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={current ? "page" : undefined}
          className={classes(
            "relative flex items-center gap-1.5 px-2.5 hover:text-ink focus-visible:-outline-offset-2 max-lg:h-9",
            current
              ? "font-medium text-ink after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:rounded-t-[2px] after:bg-ink"
              : "text-ink-2",
          )}
        >
          {label}
          {count !== undefined && count > 0 && <span className="text-label text-ink-3">{formatCount(count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
