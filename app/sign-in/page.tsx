import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FirstAccountForm } from "@/components/account/first-account-form";
import { SignInForm } from "@/components/account/sign-in-form";
import { SignInFrame } from "@/components/account/sign-in-frame";
import { wantsFirstAccount } from "@/lib/queries/users";
import type { SearchParams } from "@/lib/urls/query";
import { safeNext, signInQuery } from "@/lib/urls/signIn";
import { pageActor } from "../actor";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

type Props = { searchParams: Promise<Exclude<SearchParams, URLSearchParams>> };

/** The way in; on a server without accounts, the way to make the first one. */
export default async function SignInPage({ searchParams }: Props) {
  const next = safeNext(signInQuery.parse(await searchParams).next);
  if ((await pageActor()).user) redirect(next);
  if (await wantsFirstAccount())
    return (
      <SignInFrame
        title="First account"
        sentence="Nobody has an account here yet. The first one is an admin and invites the others."
      >
        <FirstAccountForm next={next} />
      </SignInFrame>
    );
  return (
    <SignInFrame
      title="Sign in"
      sentence="Accounts are made by an admin of this server. No account, or no password any more? Ask one for a link."
    >
      <SignInForm next={next} />
    </SignInFrame>
  );
}
