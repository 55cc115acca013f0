"use client";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { mutate } from "@/lib/api/mutate";
import { apiUrl } from "@/lib/urls/api";

/** Takes a waiver back, after asking once more. */
export function WithdrawWaiver({ slug, id, revision }: { slug: string; id: number; revision: number }) {
  const router = useRouter();
  return (
    <span className="ml-2 inline-flex print:hidden">
      <ConfirmButton
        look="ghost"
        question="What it covers blocks again."
        confirm="Withdraw"
        act={async () => {
          await mutate(apiUrl.waiver(slug, id, revision), { method: "DELETE" });
          router.refresh();
        }}
      >
        Withdraw
      </ConfirmButton>
    </span>
  );
}
