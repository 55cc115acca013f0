import { classes } from "./classes";

/** Grey in the place of a text, after 150 ms. Its size is that of what comes, so that nothing moves. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={classes("skeleton inline-block h-2.5 align-middle", className)} />;
}

/** Frame of what is loading, with one text for screen readers. */
export function Loading({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: React.ReactNode;
}) {
  return (
    <div role="status" aria-busy="true" className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}
