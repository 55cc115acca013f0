"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { classes } from "./classes";

/**
 * A named part that scrolls sideways within itself when the window is too narrow. While it does and holds nothing to focus,
 * it takes the focus itself, so that arrow keys reach what is cut off.
 */
export function Scroller({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  const part = useRef<HTMLElement>(null);
  const [needsFocus, setNeedsFocus] = useState(false);
  useEffect(() => {
    const element = part.current;
    if (!element) return;
    const look = () =>
      setNeedsFocus(
        element.scrollWidth > element.clientWidth && element.querySelector("a, button, input, [tabindex='0']") === null,
      );
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    // `relative`: texts for readers of the screen are placed absolutely, and would widen the page from out there.
    <section
      ref={part}
      aria-label={label}
      tabIndex={needsFocus ? 0 : undefined}
      className={classes("relative overflow-x-auto focus-visible:outline-offset-0", className)}
    >
      {children}
    </section>
  );
}
