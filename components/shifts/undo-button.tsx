"use client";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { mutate } from "@/lib/api/mutate";
import { plural } from "@/lib/format/number";
import { apiUrl } from "@/lib/urls/api";

/** Takes a change back, after a question that says of how many shifts. */
export function UndoButton(props: { project: string; batch: number; count: number; total: number }) {
  const { project, batch, count, total } = props;
  const router = useRouter();
  const rest = total - count;
  return (
    <ConfirmButton
      look="ghost"
      question={`${plural(count, "shift")} as before?${rest > 0 ? ` ${rest} changed since stay.` : ""}`}
      confirm="Undo"
      label={`Undo the change of ${plural(total, "shift")}`}
      act={async () => {
        await mutate(apiUrl.undo(project, batch));
        router.refresh();
      }}
    >
      Undo
    </ConfirmButton>
  );
}
