import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes";

type Props = Omit<ComponentProps<"input">, "type"> & {
  type: "checkbox" | "radio";
  name: string;
  label: string;
  /** What it means, beside it: the label is set off from it. */
  hint?: ReactNode;
};

/** One thing to tick or to choose, with its words beside it. The browser's own box. */
export function Option({ type, label, hint, className, ...rest }: Props) {
  return (
    <label className={classes("flex items-baseline gap-2", className)}>
      {/* A box stands on the line of the text; its middle would be above that of the letters. */}
      <input type={type} className="relative top-[2px] shrink-0 accent-solid" {...rest} />
      {hint === undefined ? (
        <span>{label}</span>
      ) : (
        <span>
          <span className="mr-1 font-medium">{label}</span> <span className="text-ink-3">{hint}</span>
        </span>
      )}
    </label>
  );
}
