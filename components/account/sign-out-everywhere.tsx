"use client";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { signOut } from "./sign-out";

export function SignOutEverywhere() {
  return (
    <ConfirmButton question="Sign out here and in all other browsers?" confirm="Sign out" act={() => signOut(true)}>
      Sign out everywhere
    </ConfirmButton>
  );
}
