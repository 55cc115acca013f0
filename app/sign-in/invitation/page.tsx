import type { Metadata } from "next";
import { InvitationForm } from "@/components/account/invitation-form";
import { SignInFrame } from "@/components/account/sign-in-frame";

/** The link's secret part must not travel to other sites either. */
export const metadata: Metadata = { title: "Set a password", robots: { index: false }, referrer: "no-referrer" };

export default function InvitationPage() {
  return (
    <SignInFrame title="Set a password" sentence="The link that brought you here is good for one use.">
      <InvitationForm />
    </SignInFrame>
  );
}
