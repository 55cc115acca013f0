import { existsSync } from "node:fs";
import path from "node:path";
import { renderAsync } from "@resvg/resvg-js";

/** TrueType files: woff2 would draw no text, and say nothing. */
const FONTS = ["geist-sans/Geist-Regular.ttf", "geist-sans/Geist-SemiBold.ttf", "geist-mono/GeistMono-Regular.ttf"];

const FOLDER = path.join("node_modules", "geist", "dist", "fonts");

let found: string[] | null = null;

/** The files of the typeface, in a checkout as in the folder that the build makes. Missing ones would draw no text, silently. */
function fontFiles(): string[] {
  if (found) return found;
  const files = FONTS.map((file) => path.join(process.cwd(), FOLDER, file));
  const missing = files.find((file) => !existsSync(file));
  if (missing) throw new Error(`The typeface of pictures is not there: ${missing}`);
  found = files;
  return files;
}

/** An SVG of ours as PNG, at the size that it states. Off the main thread: a page does not wait for it. */
export async function renderPng(svg: string): Promise<Buffer> {
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: "Geist", sansSerifFamily: "Geist" },
    logLevel: "error",
  });
  return image.asPng();
}
