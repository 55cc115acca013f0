import { gzipSync } from "node:zlib";
import type { Target } from "./targets";

/** JavaScript that a page names in its HTML, in kB, compressed as on the wire. */
export type ScriptSize = { name: string; kilobytes: number; isWithin: boolean };

/** The goal: a page ships at most so much. */
const MOST_KILOBYTES = 250;

/** Adds up the scripts of each page; endpoints of the API have none and are left out. */
export async function scriptSizes(url: string, targets: readonly Target[]): Promise<ScriptSize[]> {
  const known = new Map<string, number>();
  const found: ScriptSize[] = [];
  for (const { name, path } of targets) {
    if (path.startsWith("/api/")) continue;
    const html = await (await fetch(url + path)).text();
    // What is marked "noModule" is for browsers of before 2018; others do not load it.
    const tags = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/ nomodule/i.test(tag));
    const scripts = new Set(tags.flatMap((tag) => tag.match(/ src="([^"]+\.js[^"]*)"/)?.[1] ?? []));
    let bytes = 0;
    for (const script of scripts) {
      const size =
        known.get(script) ?? gzipSync(Buffer.from(await (await fetch(url + script)).arrayBuffer())).byteLength;
      known.set(script, size);
      bytes += size;
    }
    const kilobytes = bytes / 1000;
    found.push({ name, kilobytes, isWithin: kilobytes <= MOST_KILOBYTES });
  }
  return found;
}
