import { headers } from "next/headers";
import { config } from "@/lib/config";

/** Where people reach this server, for addresses that are copied: the setting, else the host that this page was asked by. */
export async function pageOrigin(): Promise<string> {
  const configured = config.publicUrl();
  if (configured) return configured;
  const sent = await headers();
  const host = sent.get("host") ?? "localhost";
  return `${sent.get("x-forwarded-proto") === "https" ? "https" : "http"}://${host}`;
}
