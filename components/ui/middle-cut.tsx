/** Names up to this length are shown as they are. */
const SHORT = 24;
const TAIL = 12;
/** Only what is written letter by letter may be taken apart: no joined scripts, no emoji. */
const PLAIN = /^[ -~]*$/;

/** A name in one line. A long one gives way in its middle, for the names of a list differ at their ends. */
export function MiddleCut({ text }: { text: string }) {
  const [head, tail] = [text.slice(0, -TAIL), text.slice(-TAIL)];
  if (text.length <= SHORT || !PLAIN.test(tail)) return <span className="block truncate">{text}</span>;
  return (
    <span className="flex min-w-0 overflow-hidden whitespace-pre">
      <span className="sr-only">{text}</span>
      <span className="min-w-0 truncate" aria-hidden="true">
        {head}
      </span>
      <span className="shrink-0" aria-hidden="true">
        {tail}
      </span>
    </span>
  );
}
