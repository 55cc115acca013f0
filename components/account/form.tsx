"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { useAlive } from "@/components/ui/use-alive";
import { WriteFailed } from "@/lib/api/mutate";

/** What the fields of a form hold, all of them by name. */
export type Values = { one(name: string): string; all(name: string): string[] };

type Props = {
  submit: string;
  look?: ButtonLook;
  /** Sends it. What it throws is told below the fields; a text it gives back is told as done. */
  send: (values: Values) => Promise<string | undefined>;
  /** The fields; `faults` is what the server said of each. */
  children: (faults: Record<string, string>) => ReactNode;
  /** The fields keep what was sent, since it is how things are now; else they are emptied. */
  keep?: boolean;
  className?: string;
};

/** A form that talks to the API and says what came of it. */
export function Form({ submit, look = "primary", send, keep = false, children, className }: Props) {
  const isAlive = useAlive();
  const [isSending, setSending] = useState(false);
  const [fault, setFault] = useState<WriteFailed | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (value: FormDataEntryValue) => (typeof value === "string" ? value : "");
    setSending(true);
    setFault(null);
    setDone(null);
    try {
      const all = (name: string) => data.getAll(name).map(text);
      setDone((await send({ one: (name) => all(name)[0] ?? "", all })) ?? null);
      if (!keep) form.reset();
    } catch (error) {
      if (!(error instanceof WriteFailed)) throw error;
      setFault(error);
    } finally {
      setSending(false);
    }
  };
  const faults = fault?.faults ?? {};
  return (
    // post: should the browser ever send it by itself, no password may end in an address.
    <form method="post" onSubmit={onSubmit} className={classes("flex flex-col gap-4", className)}>
      {children(faults)}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look={look} disabled={!isAlive || isSending}>
          {submit}
        </Button>
        <p role="status" className="min-w-0 text-ink-2">
          {done}
        </p>
      </div>
      {fault && Object.keys(faults).length === 0 && (
        <p role="alert" className="text-pretty text-warn">
          {fault.message}
        </p>
      )}
    </form>
  );
}
