import type { App } from "./app";

/** Calls the app's API with its admin token; anything but a 2xx is an error with what it said. */
export async function call(app: App, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${app.url}/api/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${app.token}` },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${path}: ${text}`);
  return JSON.parse(text);
}

export const createProject = (app: App, slug: string): Promise<unknown> => call(app, "/projects", { slug, name: slug });

export const runsPath = (slug: string): string => `/api/v1/projects/${slug}/runs`;

const ASK_EVERY = 100;

/** Waits until nothing that was stored waits for its analysis. Gives the seconds it took; throws after `seconds`. */
export async function untilAnalysed(app: App, slug: string, seconds: number): Promise<number> {
  const since = performance.now();
  for (;;) {
    const { pending } = (await call(app, `/projects/${slug}/analysis`)) as { pending: number };
    const took = (performance.now() - since) / 1000;
    if (pending === 0) return took;
    if (took > seconds) throw new Error(`${pending} documents of ${slug} are not analysed after ${seconds} s.`);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
  }
}
