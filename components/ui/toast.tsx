"use client";
import { type ReactNode, useEffect } from "react";
import { Kbd } from "./kbd";

/** How long a message stands. */
const STANDS_MS = 10_000;

/** What was just done, for ten seconds, with the way back. */
export type Message = { id: string; text: ReactNode; undo?: () => void };

/** A message at the foot of the window. It is read out, and takes no focus. */
export function Toast({ message, onOver }: { message: Message | null; onOver: () => void }) {
  const id = message?.id;
  useEffect(() => {
    if (id === undefined) return;
    const timer = setTimeout(onOver, STANDS_MS);
    return () => clearTimeout(timer);
  }, [id, onOver]);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-40 flex justify-center max-sm:bottom-20 print:hidden"
    >
      {message && (
        <div className="pointer-events-auto flex max-w-[640px] items-center gap-3 rounded-2 bg-solid px-3 py-2 text-solid-ink shadow-float">
          <span className="min-w-0 [overflow-wrap:anywhere]">{message.text}</span>
          {message.undo && (
            <button
              type="button"
              onClick={message.undo}
              className="flex shrink-0 items-center gap-2 font-medium underline underline-offset-3"
            >
              Undo
              <span className="max-sm:hidden">
                <Kbd>U</Kbd>
              </span>
            </button>
          )}
        </div>
      )}
    </div>
  );
}
