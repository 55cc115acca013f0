"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/state";
import { apiUrl } from "@/lib/urls/api";

/**
 * A page that could not be read: what happened, what still works, what to try. `digest` is what the server's log calls
 * the fault by.
 */
export function PageFault({ digest, retry, rest }: { digest?: string; retry: () => void; rest: string }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  // The page is read again before it is drawn again: drawing what failed once more would fail once more.
  const again = () =>
    startTransition(() => {
      router.refresh();
      retry();
    });
  return (
    <ErrorState
      title="This page could not be read"
      actions={
        <Button onClick={again} disabled={isPending} aria-busy={isPending}>
          Try again
        </Button>
      }
    >
      <p>The database did not answer, or the server met a fault. {rest}</p>
      <p className="mt-1">
        If it stays so:{" "}
        <a href={apiUrl.health} className="link">
          the health of the server
        </a>{" "}
        says which part fails
        {digest && (
          <>
            , and its log names this fault <code className="sha">{digest}</code>
          </>
        )}
        .
      </p>
    </ErrorState>
  );
}
