import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Handler } from "@/lib/http/route";
import { METHODS } from "@/lib/openapi/types";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A handler as it was found: `GET /api/v1/projects/{project}`. */
export type FoundRoute = { method: string; path: string; handler: Handler };

/** Every exported method of every route file under app/api/v1. */
export async function findRoutes(): Promise<FoundRoute[]> {
  const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|\/)route\.tsx?$/.test(file),
  );
  const found = await Promise.all(
    files.map(async (file) => {
      const handlers: Record<string, unknown> = await import(path.join(ROOT, file));
      return METHODS.filter((method) => method in handlers).map((method) => ({
        method,
        path: addressOf(file),
        handler: handlers[method] as Handler,
      }));
    }),
  );
  return found.flat();
}

/** `projects/[project]/route.ts` is `/api/v1/projects/{project}`. */
const addressOf = (file: string) =>
  ["/api/v1", ...path.dirname(file).split(path.sep)]
    .filter((part) => part !== ".")
    .join("/")
    .replace(/\[(\w+)\]/g, "{$1}");
