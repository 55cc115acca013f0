import type { ReactNode } from "react";

/** One thing of the gallery with its name and what is to be seen of it. */
export function Specimen({
  title,
  text,
  wide = false,
  children,
}: {
  title: string;
  text?: string;
  /** Over all columns. */
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <figure className={wide ? "col-span-full min-w-0" : "min-w-0"}>
      <figcaption className="mb-2">
        <span className="font-medium">{title}</span>
        {text && <span className="block text-label text-ink-3">{text}</span>}
      </figcaption>
      {children}
    </figure>
  );
}
