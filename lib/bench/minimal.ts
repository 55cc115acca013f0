import { type Aside, buildAside, startAside } from "./aside";
import { UNNEST } from "./bare";

const NAME = "minimal";

const LAYOUT = "export default ({ children }) => children;\n";

export type Minimal = Aside & { path: string };

/** Makes and builds a Next app of one route. */
export const buildMinimal = (): Promise<void> =>
  buildAside(NAME, {
    "layout.js": { text: LAYOUT },
    "runs/route.js": { copy: "lib/bench/minimal/route.js" },
    "runs/statements.mjs": { text: `export const UNNEST = ${JSON.stringify(UNNEST)};\n` },
  });

/** Starts it on a free port, with that database. */
export const startMinimal = async (databaseUrl: string): Promise<Minimal> => ({
  ...(await startAside(NAME, { DATABASE_URL: databaseUrl })),
  path: "/runs",
});
