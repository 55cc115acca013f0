"use client";
import { CircleUser } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import { ButtonLink, iconButtonClasses } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import type { FrameAccount } from "@/lib/queries/frame";
import { settingsUrl } from "@/lib/urls/settings";
import { accountUrl, signInUrl } from "@/lib/urls/signIn";
import { signOut } from "./sign-out";

/** Who is signed in and what they have here; for everybody else the way in, and back to this page. */
export function AccountMenu({ account, project }: { account: FrameAccount | null; project?: string }) {
  const path = usePathname();
  const search = useSearchParams().toString();
  if (!account)
    return (
      <ButtonLink href={signInUrl({ next: path === "/" ? null : path + (search && `?${search}`) })} look="ghost">
        Sign in
      </ButtonLink>
    );
  const settings = { key: "settings", label: "Settings of this project", href: settingsUrl(project ?? "") };
  return (
    <Menu
      label={`Account of ${account.name}`}
      align="end"
      className={iconButtonClasses()}
      trigger={<CircleUser className="size-4" strokeWidth={1.5} aria-hidden />}
      items={[
        { key: "account", label: account.name, hint: account.role, href: accountUrl },
        ...(project !== undefined && account.role === "admin" ? [settings] : []),
        { key: "out", label: "Sign out", onSelect: () => void signOut().catch(() => window.location.reload()) },
      ]}
    />
  );
}
