"use client";
import { Link2 } from "lucide-react";
import { absolute } from "@/lib/urls/absolute";
import { CopyButton } from "./copy-button";

/** Marks the button that copies the address of a page, for whoever wants it pressed: the palette. */
export const COPIES_LINK = "data-copies-link";

/**
 * Copies the address of the page as it is seen: absolute, with what is relative in it ("the last 200 commits") written
 * out, so that it shows the same later.
 */
export function CopyPath({ path }: { path: string }) {
  return <CopyLink text={() => absolute(window.location.origin, path)} />;
}

/** The same for an address that is known only when the button is pressed. */
export function CopyLink({
  text,
  className,
  children = "Copy link",
}: {
  text: () => string;
  className?: string;
  children?: string;
}) {
  return (
    <span {...{ [COPIES_LINK]: "" }} className="contents">
      <CopyButton text={text} className={className} icon={<Link2 className="size-4" strokeWidth={1.5} aria-hidden />}>
        {children}
      </CopyButton>
    </span>
  );
}
