"use client";
import { useEffect, useState } from "react";

const ANSWER_MS = 2_000;

/** What a button says in its own place for two seconds after it was pressed; null: its name. */
export function useAnswer(): [answer: string | null, say: (answer: string) => void] {
  const [said, setSaid] = useState<{ answer: string } | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), ANSWER_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return [said?.answer ?? null, (answer) => setSaid({ answer })];
}
