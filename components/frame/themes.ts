/** The looks a reader may choose; without a choice the system decides. */
export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
