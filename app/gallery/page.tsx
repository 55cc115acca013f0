import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Gallery } from "@/components/gallery/gallery";
import { config } from "@/lib/config";

export const metadata: Metadata = { title: "Gallery", robots: { index: false } };

/** For who draws: `next dev` serves it, a built app does not. */
export default function GalleryPage() {
  if (!config.isDevelopment()) notFound();
  return <Gallery />;
}
