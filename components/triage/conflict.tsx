import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { Change } from "@/lib/model/triage";
import { changeText } from "./words";

const SHOWN = 5;

/** What somebody else changed meanwhile, and the choice that follows from it. Nothing has been written over it. */
export function Conflict({
  changes,
  showNumbers = false,
  onAgain,
  onLeave,
}: {
  changes: readonly Change[];
  showNumbers?: boolean;
  onAgain: () => void;
  onLeave: () => void;
}) {
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-2 bg-warn-soft p-3">
      <p className="font-medium text-warn">Changed meanwhile; nothing of yours was written</p>
      <ul className="flex flex-col gap-1.5">
        {changes.slice(0, SHOWN).map((change) => (
          <li key={`${change.shift} ${change.at}`} className="[overflow-wrap:anywhere]">
            {showNumbers && <span className="text-ink-3">#{change.shift} </span>}
            {changeText(change.before, change.after)}
            {change.reason && <span className="text-ink-2">: {change.reason}</span>}
            <span className="block text-label text-ink-3">
              {change.by}, <Time at={change.at} withTime />
            </span>
          </li>
        ))}
      </ul>
      {changes.length > SHOWN && <p className="text-label text-ink-3">and {changes.length - SHOWN} more</p>}
      <div className="flex flex-wrap gap-2">
        <Button onClick={onAgain}>Apply mine all the same</Button>
        <Button look="ghost" onClick={onLeave}>
          Leave it
        </Button>
      </div>
    </div>
  );
}
