import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes";
import { Option } from "./option";

type FieldProps = Omit<ComponentProps<"input">, "id"> & {
  name: string;
  label: string;
  /** Said below the field. */
  hint?: ReactNode;
  /** What is wrong with what was sent. */
  fault?: string;
};

/** A label above a control, and below it what is to be known of it or what is wrong. */
function Labelled({
  name,
  label,
  hint,
  fault,
  className,
  children,
}: Pick<FieldProps, "name" | "label" | "hint" | "fault" | "className"> & { children: ReactNode }) {
  const below = fault ?? hint;
  return (
    <div className={classes("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={name} className="text-label text-ink-2">
        {label}
      </label>
      {children}
      {below && (
        <p id={`${name}-below`} className={classes("text-label text-pretty", fault ? "text-warn" : "text-ink-3")}>
          {below}
        </p>
      )}
    </div>
  );
}

/** A line of text with its label above and what is to be known of it below. */
export function Field({ name, label, hint, fault, className, ...rest }: FieldProps) {
  return (
    <Labelled {...{ name, label, hint, fault, className }}>
      <input
        id={name}
        name={name}
        aria-invalid={fault ? true : undefined}
        aria-describedby={(fault ?? hint) ? `${name}-below` : undefined}
        className="h-(--control) w-full min-w-0 rounded-2 bg-bg px-2.5 text-ink shadow-outline outline-none placeholder:text-ink-3 focus-visible:outline-2 focus-visible:outline-accent"
        {...rest}
      />
    </Labelled>
  );
}

type SelectFieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  fault?: string;
  /** The choice at first. */
  value: string;
  items: readonly { key: string; label: string }[];
  className?: string;
};

/** One of many choices, in the browser's own list. */
export function SelectField({ name, label, hint, fault, value, items, className }: SelectFieldProps) {
  return (
    <Labelled {...{ name, label, hint, fault, className }}>
      <select
        id={name}
        name={name}
        defaultValue={value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={(fault ?? hint) ? `${name}-below` : undefined}
        className="h-(--control) w-full min-w-0 rounded-2 bg-bg px-2 text-ink shadow-outline outline-none focus-visible:outline-2 focus-visible:outline-accent"
      >
        {items.map((item) => (
          <option key={item.key} value={item.key}>
            {item.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

type LinesProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  fault?: string;
  value: readonly string[];
  placeholder?: string;
};

/** Several lines of text, one thing per line. */
export function Lines({ name, label, hint, fault, value, placeholder }: LinesProps) {
  const below = fault ?? hint;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={name} className="text-label text-ink-2">
        {label}
      </label>
      <textarea
        id={name}
        name={name}
        rows={Math.min(8, Math.max(2, value.length + 1))}
        defaultValue={value.join("\n")}
        placeholder={placeholder}
        spellCheck={false}
        aria-invalid={fault ? true : undefined}
        aria-describedby={below ? `${name}-below` : undefined}
        className="w-full min-w-0 rounded-2 bg-bg px-2.5 py-1.5 text-ink shadow-outline outline-none placeholder:text-ink-3 focus-visible:outline-2 focus-visible:outline-accent"
      />
      {below && (
        <p id={`${name}-below`} className={classes("text-label text-pretty", fault ? "text-warn" : "text-ink-3")}>
          {below}
        </p>
      )}
    </div>
  );
}

/** One of few choices, with what each means. The browser's own radio buttons. */
export function Choices({
  name,
  label,
  items,
  value,
}: {
  name: string;
  label: string;
  items: { key: string; label: string; hint: string }[];
  /** The choice at first. */
  value: string;
}) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-label text-ink-2">{label}</legend>
      {items.map(({ key, label: text, hint }) => (
        <Option
          key={key}
          type="radio"
          name={name}
          value={key}
          defaultChecked={key === value}
          label={text}
          hint={hint}
        />
      ))}
    </fieldset>
  );
}
