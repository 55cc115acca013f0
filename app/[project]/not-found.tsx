import { EmptyState } from "@/components/ui/state";

/** The project exists, what the address names in it does not. */
export default function NotInProjectPage() {
  return (
    <EmptyState title="There is no such page in this project">
      The address names a workload, shift or run that does not exist. Ctrl-K finds those that do.
    </EmptyState>
  );
}
