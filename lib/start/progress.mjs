// One line per step: on a terminal it is redrawn while the step lasts, elsewhere it is written when the step is done
// (and every ten seconds of a long one). Plain JavaScript: it runs before anything is installed.
const terminal = process.stdout.isTTY && !process.env.CI;
const EVERY = terminal ? 250 : 10_000;

const seconds = (since) => {
  const s = (Date.now() - since) / 1000;
  return s < 10 ? `${s.toFixed(1)} s` : `${Math.round(s)} s`;
};

/** Begins a step; `progress` tells how far it is, `done` and `failed` close its line. */
export function step(title) {
  const since = Date.now();
  let detail = "";
  const line = (mark) => `${mark} ${title}${detail ? `: ${detail}` : ""} (${seconds(since)})`;
  const draw = () =>
    process.stdout.write(terminal ? `\r\x1b[K${line("·")}`.slice(0, process.stdout.columns ?? 120) : `${line("·")}\n`);
  const timer = setInterval(draw, EVERY);
  timer.unref?.();
  if (terminal) draw();
  const close = (mark) => {
    clearInterval(timer);
    process.stdout.write(`${terminal ? "\r\x1b[K" : ""}${line(mark)}\n`);
  };
  return {
    progress(text) {
      detail = text;
    },
    done(text) {
      if (text !== undefined) detail = text;
      close("✓");
    },
    failed() {
      close("✗");
    },
    /** Closes the step without a word, where there was nothing to do. */
    silent() {
      clearInterval(timer);
      if (terminal) process.stdout.write("\r\x1b[K");
    },
  };
}

/** Runs `work` as a step; the text it resolves with closes the line. */
export async function during(title, work) {
  const current = step(title);
  try {
    const result = await work(current.progress);
    if (result === null) current.silent();
    else current.done(typeof result === "string" ? result : undefined);
    return result;
  } catch (error) {
    current.failed();
    throw error;
  }
}
