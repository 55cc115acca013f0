"use client";
import { type MouseEvent, useEffect, useRef } from "react";

type Props = {
  label: string;
  checked: boolean;
  /** Some of what it stands for, not all. */
  isPart?: boolean;
  onChange: (isSpan: boolean) => void;
};

/** A box that selects a row; with Shift, all rows from the last one on. Its whole cell answers, for fingers too. */
export function CheckBox({ label, checked, isPart = false, onChange }: Props) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = isPart;
  }, [isPart]);
  return (
    <span className="relative flex size-4 items-center after:absolute after:-inset-1.5 after:content-['']">
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={checked}
        readOnly
        onClick={(event: MouseEvent) => onChange(event.shiftKey)}
        className="relative z-10 size-3.5 cursor-pointer accent-accent"
      />
    </span>
  );
}
