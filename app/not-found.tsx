import { PlainFrame } from "@/components/frame/plain-frame";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state";

export default function NotFoundPage() {
  return (
    <PlainFrame>
      <EmptyState title="There is no such page" actions={<ButtonLink href="/">All projects</ButtonLink>}>
        The address names a project, workload or shift that does not exist, or one that needs a token to be read.
      </EmptyState>
    </PlainFrame>
  );
}
