import type { Metadata } from "next";
import { absolute } from "@/lib/urls/absolute";
import { pageOrigin } from "./origin";

type Told = {
  title: string;
  description: string;
  /** The page's address, from the root of the server. */
  path: string;
  /** A picture of 1200 by 630 px, absolute. */
  image?: { url: string; alt: string };
};

/** Metadata of a page whose link is pasted somewhere: title, description, address and picture, all absolute. */
export async function openGraph({ title, description, path, image }: Told): Promise<Metadata> {
  const url = absolute(await pageOrigin(), path);
  const images = image && [{ ...image, width: 1200, height: 630, type: "image/png" }];
  return {
    title,
    description,
    alternates: { canonical: url },
    openGraph: { title, description, url, siteName: "Tidemark", type: "article", ...(images && { images }) },
    twitter: { card: image ? "summary_large_image" : "summary", title, description, ...(images && { images }) },
  };
}
