import type { ReactNode } from "react";
import { PageHead } from "@/components/frame/page-head";
import { buttonClasses } from "@/components/ui/button";
import { ShiftsNav, type ShiftsPlace } from "./nav";

type Props = {
  project: string;
  current: ShiftsPlace;
  title: string;
  sentence: ReactNode;
  /** Address of all its rows as CSV; left out: it has none. */
  csv?: string;
  /** Controls of this list alone. */
  children?: ReactNode;
};

/** Head of a list about shifts: its answer, the lists beside it, and its rows to take away. */
export function ListHead({ project, current, title, sentence, csv, children }: Props) {
  return (
    <PageHead title={title} sentence={sentence}>
      <ShiftsNav project={project} current={current} />
      {children}
      {csv && (
        <a href={csv} className={buttonClasses("ghost")} download>
          CSV
        </a>
      )}
    </PageHead>
  );
}
