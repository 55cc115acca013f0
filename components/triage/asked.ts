import type { ShiftStatus } from "@/lib/model/words";

/** A change as the API takes it, without what it concerns. */
export type Asked = {
  status?: ShiftStatus;
  reason?: string;
  acceptedUntil?: string | null;
  owner?: string | { user: number } | null;
  due?: string | { workingDays: number } | null;
  link?: string[];
  unlink?: string[];
};
