import { EmptyState } from "@/components/ui/state";

/** The project exists, what the address names in it does not. */
export default function NotInProjectPage() {
  return (
    <EmptyState title="There is no such page in this project">
      The address names a workload, shift, commit, run or release that was never sent or was mistyped. “Jump to” at the
      top (Ctrl-K, ⌘K on a Mac) finds those that exist: type a part of the name, a number, a tag or the first characters
      of the sha.
    </EmptyState>
  );
}
