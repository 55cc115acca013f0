"use client";
import { type RefObject, useEffect, useRef, useState } from "react";

/** px around the window within which something counts as seen: it is there when it is scrolled to. */
const AHEAD = "500px";

/** Has an element come near the window yet? Printing shows everything. */
export function useSeen<E extends Element>(onSeen?: () => void): [RefObject<E | null>, boolean] {
  const ref = useRef<E>(null);
  const told = useRef(onSeen);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    told.current = onSeen;
  });
  useEffect(() => {
    const element = ref.current;
    if (!element || isSeen) return;
    const see = () => {
      setSeen(true);
      told.current?.();
    };
    const observer = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && see(), {
      rootMargin: AHEAD,
    });
    observer.observe(element);
    window.addEventListener("beforeprint", see);
    return () => {
      observer.disconnect();
      window.removeEventListener("beforeprint", see);
    };
  }, [isSeen]);
  return [ref, isSeen];
}
