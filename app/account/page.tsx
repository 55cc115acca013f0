import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountMenu } from "@/components/account/account-menu";
import { AccountPage } from "@/components/account/account-page";
import { PlainFrame } from "@/components/frame/plain-frame";
import { ThemeMenu } from "@/components/frame/theme-menu";
import { accountOf } from "@/lib/queries/frame";
import { readAccount } from "@/lib/queries/users";
import { accountUrl, signInUrl } from "@/lib/urls/signIn";
import { pageActor } from "../actor";
import { readTheme } from "../theme";

export const metadata: Metadata = { title: "Account", robots: { index: false } };

export default async function OwnAccountPage() {
  const actor = await pageActor();
  if (!actor.user) redirect(signInUrl({ next: accountUrl }));
  const right = (
    <div className="flex items-center gap-1">
      <ThemeMenu theme={await readTheme()} />
      <AccountMenu account={accountOf(actor)} />
    </div>
  );
  return (
    <PlainFrame right={right}>
      <AccountPage account={await readAccount(actor)} />
    </PlainFrame>
  );
}
