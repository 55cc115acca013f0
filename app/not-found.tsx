import { PlainFrame } from "@/components/frame/plain-frame";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state";
import { signInUrl } from "@/lib/urls/signIn";

export default function NotFoundPage() {
  return (
    <PlainFrame>
      <EmptyState
        title="There is no such page"
        actions={
          <>
            <ButtonLink href="/">All projects</ButtonLink>
            <ButtonLink href={signInUrl()}>Sign in</ButtonLink>
          </>
        }
      >
        The address names a project or page that does not exist, or a project that only those may read who are signed
        in. See that it is written right, sign in, or look for it among all projects.
      </EmptyState>
    </PlainFrame>
  );
}
