import type { ServerOptions } from "../http/settings";
import type { TalkOptions } from "../io";

/** What `check` prints: for people, for scripts, for a CI system's list of tests, for GitHub's pages. */
export const CHECK_FORMATS = ["text", "json", "junit", "github"] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

/** Seconds that `check` waits for the analysis when nothing else is asked for. */
export const DEFAULT_WAIT = 300;

export type CheckOptions = ServerOptions &
  TalkOptions & {
    against?: string;
    environment?: string;
    /** Seconds. */
    wait: number;
    format?: CheckFormat;
  };

export const REPORT_FORMATS = ["markdown", "json"] as const;

export type ReportOptions = ServerOptions &
  TalkOptions & {
    against?: string;
    /** Which of the candidate's reports; the newest where none is given. */
    number?: number;
    format?: (typeof REPORT_FORMATS)[number];
  };
