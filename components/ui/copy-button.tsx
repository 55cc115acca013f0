"use client";
import { Check } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button, type ButtonLook } from "./button";

const ANSWER_MS = 2_000;

/** Copies a text and answers "Copied" in its own place for two seconds; says so when the browser refuses. */
export function CopyButton({
  text,
  icon,
  children,
  look,
  className,
}: {
  /** Asked for when pressed, so that it may hold the address of now. */
  text: () => string;
  icon?: ReactNode;
  children: ReactNode;
  look?: ButtonLook;
  className?: string;
}) {
  const [answer, setAnswer] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (answer === null) return;
    const timer = setTimeout(() => setAnswer(null), ANSWER_MS);
    return () => clearTimeout(timer);
  }, [answer]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setAnswer("copied");
    } catch {
      setAnswer("refused"); // no permission, or a page that is not served over https
    }
  };
  return (
    <Button look={look} className={className} onClick={copy}>
      {answer === "copied" ? <Check className="size-4" strokeWidth={1.5} aria-hidden /> : icon}
      <span aria-live="polite">{answer === null ? children : answer === "copied" ? "Copied" : "Not allowed here"}</span>
    </Button>
  );
}
