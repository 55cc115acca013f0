import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { QueryProvider } from "@/lib/api/provider";
import { config } from "@/lib/config";
import { mono, sans } from "./fonts";
import "./globals.css";
import { readTheme } from "./theme";

/** Every page reads the database when it is asked for: nothing is baked at build time. */
export const dynamic = "force-dynamic";

export function generateMetadata(): Metadata {
  const origin = config.publicUrl();
  return {
    title: { default: "Tidemark", template: "%s · Tidemark" },
    description: "The performance history of a software project: trends, changepoints, shifts.",
    ...(origin && { metadataBase: new URL(origin) }),
  };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await readTheme();
  return (
    <html lang="en" data-theme={theme ?? undefined} className={`${sans.variable} ${mono.variable}`}>
      <body>
        <QueryProvider>{children}</QueryProvider>
      </body>
    </html>
  );
}
