import { classes } from "@/components/ui/classes";
import { Cell } from "@/components/ui/table";
import type { UsualRange } from "@/lib/queries/usualRange";
import { standingOf, zText } from "./usual";

/** How a value stands to its usual range: a word, and how many sds it is off. */
export function StandingCell({
  value,
  usual,
  className,
}: {
  value: number;
  usual: UsualRange | null;
  className?: string;
}) {
  const standing = standingOf(value, usual);
  const isOff = standing !== null && standing.word !== "as usual";
  return (
    <Cell className={classes("whitespace-nowrap", isOff ? "font-medium" : "text-ink-3", className)}>
      {standing && (
        <>
          {standing.word} <span className="text-label font-normal text-ink-3">{zText(standing.z)}</span>
        </>
      )}
    </Cell>
  );
}
