import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes";

const BASE =
  "inline-flex h-(--control) shrink-0 items-center justify-center gap-1.5 rounded-2 font-medium whitespace-nowrap select-none disabled:cursor-not-allowed disabled:text-ink-4 aria-disabled:cursor-not-allowed aria-disabled:text-ink-4 print:hidden";
const LOOK = {
  outline: "bg-bg shadow-outline hover:bg-surface active:bg-surface-2",
  primary: "bg-solid text-solid-ink hover:opacity-90",
  ghost: "text-ink-2 hover:bg-surface hover:text-ink active:bg-surface-2",
} as const;

export type ButtonLook = keyof typeof LOOK;

/** Classes of a button, for a trigger that has to be another element. */
export function buttonClasses(look: ButtonLook = "outline", className?: string): string {
  return classes(BASE, "px-2.5", LOOK[look], className);
}

/** The same for a square one that holds a glyph only. */
export function iconButtonClasses(look: ButtonLook = "ghost", className?: string): string {
  return classes(BASE, "w-(--control)", LOOK[look], className);
}

type ButtonProps = ComponentProps<"button"> & { look?: ButtonLook };

/** A button. Only one of a page is `primary`. */
export function Button({ look, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonClasses(look, className)} {...rest} />;
}

/** A square button with a glyph only; `label` is its name. */
export function IconButton({ label, look, className, type = "button", ...rest }: ButtonProps & { label: string }) {
  return (
    <button type={type} aria-label={label} title={label} className={iconButtonClasses(look, className)} {...rest} />
  );
}

type ButtonLinkProps = { href: string; look?: ButtonLook; className?: string; children: ReactNode; external?: boolean };

/** A link that looks like a button. `external`: opens elsewhere, and tells the other side nothing of us. */
export function ButtonLink({ href, look, className, children, external }: ButtonLinkProps) {
  if (external)
    return (
      <a href={href} className={buttonClasses(look, className)} rel="noopener noreferrer nofollow" target="_blank">
        {children}
      </a>
    );
  return (
    <Link href={href} className={buttonClasses(look, className)} prefetch={false}>
      {children}
    </Link>
  );
}
