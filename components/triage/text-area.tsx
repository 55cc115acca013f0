"use client";
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { classes } from "@/components/ui/classes";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  onCancel?: () => void;
  fault?: string;
  hint?: string;
  rows?: number;
  maxLength: number;
  autoFocus?: boolean;
  required?: boolean;
};

/** Several lines of text. Ctrl or Cmd and Enter sends it, Esc leaves it. */
export function TextArea({
  label,
  value,
  onChange,
  onSend,
  onCancel,
  fault,
  hint,
  rows = 3,
  autoFocus,
  ...rest
}: Props) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (autoFocus) box.current?.focus();
  }, [autoFocus]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSend();
    else if (event.key === "Escape" && onCancel) onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const below = fault ?? hint;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-label text-ink-2">
        {label}
      </label>
      <textarea
        id={id}
        ref={box}
        rows={rows}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        aria-invalid={fault ? true : undefined}
        aria-describedby={below ? `${id}-below` : undefined}
        className="w-full min-w-0 resize-y rounded-2 bg-bg px-2.5 py-1.5 text-ink shadow-outline outline-none placeholder:text-ink-3 focus-visible:outline-2 focus-visible:outline-accent"
        {...rest}
      />
      {below && (
        <p id={`${id}-below`} className={classes("text-label text-pretty", fault ? "text-warn" : "text-ink-3")}>
          {below}
        </p>
      )}
    </div>
  );
}
