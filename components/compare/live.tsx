"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { StatusDot } from "@/components/ui/status-dot";
import { read } from "@/lib/api/read";
import { compareApiUrl } from "@/lib/urls/compare";

/** Runs come minutes apart: while they are waited for, often enough; afterwards, now and then. */
const OPEN_MS = 5_000;
const COMPLETE_MS = 30_000;

type Props = {
  project: string;
  experiment: string;
  /** Runs of the experiment that the page was made of. */
  runs: number;
  /** Whether planned runs are waited for. */
  open: boolean;
};

/** Asks whether more runs of the experiment have come, and makes the page anew when they have. */
export function Live({ project, experiment, runs, open }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const { data, error } = useQuery({
    ...read<{ total: number }>(compareApiUrl.arrivals(project, experiment)),
    refetchInterval: open ? OPEN_MS : COMPLETE_MS,
    staleTime: 0,
  });
  const total = data?.total ?? runs;
  useEffect(() => {
    if (total !== runs) startTransition(() => router.refresh());
  }, [total, runs, router]);
  if (error) return <span className="text-warn">Cannot ask for new runs: {error.message}</span>;
  return (
    <span role="status">
      <StatusDot shape={open ? "half" : "ring"}>
        {isPending ? "New runs have come ..." : open ? "Updates as runs arrive" : "Looks for further runs"}
      </StatusDot>
    </span>
  );
}
