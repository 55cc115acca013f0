import { PageHead, Section } from "@/components/frame/page-head";
import { plural } from "@/lib/format/number";
import type { OwnAccount } from "@/lib/queries/users";
import { PasswordForm } from "./password-form";
import { SignOutEverywhere } from "./sign-out-everywhere";

const ROLE = {
  admin: "An admin: you may do everything here.",
  member: "A member: you may read every project and triage its shifts.",
};

/** A person's own account. */
export function AccountPage({ account }: { account: OwnAccount }) {
  return (
    <>
      <PageHead
        title={account.name}
        sentence={
          <>
            {account.email}. {ROLE[account.role]}
          </>
        }
      />
      <Section title="Password">
        <PasswordForm email={account.email} />
      </Section>
      <Section title="Sessions">
        <p className="mb-3 text-ink-2">
          You are signed in in {plural(account.sessions, "browser")}. A session ends after 30 days.
        </p>
        <SignOutEverywhere />
      </Section>
    </>
  );
}
