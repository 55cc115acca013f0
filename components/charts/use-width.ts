"use client";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** px of an A4 page between its margins. */
const PAPER = 680;

/**
 * The width of an element in px; null before it is known, on the server too: then the frame of the chart stands in its
 * place, so that nothing moves when it comes. On paper it is the element's share of the page.
 */
export function useWidth<E extends HTMLElement>(): [RefObject<E | null>, number | null] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    const onPrint = () => {
      const share = element.clientWidth / Math.max(1, document.documentElement.clientWidth);
      flushSync(() => setWidth(Math.floor(share * PAPER)));
    };
    const onPrinted = () => setWidth(Math.floor(element.clientWidth));
    window.addEventListener("beforeprint", onPrint);
    window.addEventListener("afterprint", onPrinted);
    return () => {
      observer.disconnect();
      window.removeEventListener("beforeprint", onPrint);
      window.removeEventListener("afterprint", onPrinted);
    };
  }, []);
  return [ref, width];
}
