"use client";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { mutate } from "@/lib/api/mutate";
import { apiUrl } from "@/lib/urls/api";

export function RevokeToken({ project, id, name }: { project: string; id: number; name: string }) {
  const router = useRouter();
  return (
    <ConfirmButton
      question="Programs that use it are refused at once."
      confirm="Revoke"
      look="ghost"
      label={`Revoke ${name}`}
      act={async () => {
        await mutate(apiUrl.token(project, id), { method: "DELETE" });
        router.refresh();
      }}
    >
      Revoke
    </ConfirmButton>
  );
}
