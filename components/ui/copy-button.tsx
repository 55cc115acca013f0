"use client";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Button, type ButtonLook } from "./button";
import { copyText } from "./clipboard";
import { useAnswer } from "./use-answer";

type Props = {
  /** Asked for when pressed, so that it may hold the address of now; a promise is waited for. */
  text: () => string | Promise<string>;
  icon?: ReactNode;
  children: ReactNode;
  look?: ButtonLook;
  className?: string;
};

/** Copies a text and answers "Copied" in its own place for two seconds; says so when the browser refuses. */
export function CopyButton({ text, icon, children, look, className }: Props) {
  return (
    <AnsweringButton
      act={async () => {
        try {
          await copyText(text());
          return "Copied";
        } catch {
          return REFUSED;
        }
      }}
      icon={icon}
      look={look}
      className={className}
    >
      {children}
    </AnsweringButton>
  );
}

/** No permission, a page that is not served over https, or a server that is away. */
const REFUSED = "Not allowed here";

/** A button that does something small and answers in its own place for two seconds. */
export function AnsweringButton({
  act,
  icon,
  children,
  look,
  className,
}: Omit<Props, "text"> & { act: () => Promise<string> }) {
  const [answer, say] = useAnswer();
  return (
    <Button look={look} className={className} onClick={async () => say(await act())}>
      {answer === null || answer === REFUSED ? icon : <Check className="size-4" strokeWidth={1.5} aria-hidden />}
      <span aria-live="polite">{answer ?? children}</span>
    </Button>
  );
}
