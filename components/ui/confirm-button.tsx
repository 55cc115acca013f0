"use client";
import { type ReactNode, useState } from "react";
import { Button, type ButtonLook } from "./button";
import { useAlive } from "./use-alive";

/** A button that asks once more in its own place. What `act` throws is told there. */
export function ConfirmButton({
  question,
  confirm,
  act,
  look,
  label,
  children,
}: {
  question: ReactNode;
  /** The answer that does it. */
  confirm: string;
  act: () => Promise<void>;
  look?: ButtonLook;
  /** Its name, where the text alone does not say what it concerns. */
  label?: string;
  children: ReactNode;
}) {
  const isAlive = useAlive();
  const [state, setState] = useState<"quiet" | "asking" | "acting">("quiet");
  const [fault, setFault] = useState<string | null>(null);
  const go = async () => {
    setState("acting");
    setFault(null);
    try {
      await act();
      setState("quiet");
    } catch (error) {
      setFault(error instanceof Error ? error.message : "That did not work.");
      setState("asking");
    }
  };
  if (state === "quiet")
    return (
      <Button look={look} aria-label={label} disabled={!isAlive} onClick={() => setState("asking")}>
        {children}
      </Button>
    );
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <span role="status" className="text-ink-2">
        {fault ?? question}
      </span>
      <Button look="primary" disabled={state === "acting"} onClick={go} autoFocus>
        {confirm}
      </Button>
      <Button look="ghost" disabled={state === "acting"} onClick={() => setState("quiet")}>
        Keep
      </Button>
    </span>
  );
}
