export type Step = {
  progress(text: string): void;
  done(text?: string): void;
  failed(): void;
  silent(): void;
};

/** Begins a step; `progress` tells how far it is, `done` and `failed` close its line. */
export function step(title: string): Step;

/** Runs `work` as a step: a string it resolves with closes the line, null leaves no line at all. */
export function during<T>(title: string, work: (progress: (text: string) => void) => Promise<T>): Promise<T>;
