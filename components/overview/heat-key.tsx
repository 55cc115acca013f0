const BETTER = ["bg-heat-b3", "bg-heat-b2", "bg-heat-b1"];
const WORSE = ["bg-heat-w1", "bg-heat-w2", "bg-heat-w3"];

/** What the colours of a strip mean. */
export function HeatKey() {
  return (
    <span className="inline-flex items-center gap-[3px] text-label text-ink-3">
      better
      {BETTER.map((fill) => (
        <i key={fill} className="ml-px flex h-3 w-3.5 items-end rounded-[1px] bg-heat-0 first-of-type:ml-1">
          <i className={`h-1/2 w-full ${fill}`} />
        </i>
      ))}
      <i className="ml-px h-3 w-3.5 rounded-[1px] bg-heat-0" />
      {WORSE.map((fill) => (
        <i key={fill} className={`ml-px h-3 w-3.5 rounded-[1px] last-of-type:mr-1 ${fill}`} />
      ))}
      worse
    </span>
  );
}
