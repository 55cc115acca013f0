import { segment } from "./query";

/** One run: everything it measured. */
export function runUrl(project: string, key: string): string {
  return `/${segment(project)}/runs/${segment(key)}`;
}
