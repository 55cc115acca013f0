import { config } from "@/lib/config";

/**
 * The origin under which people reach this server: the public address where one is set, else the host that the request
 * was sent to (a server that listens on all addresses does not know its own name).
 */
export function originOf(request: Request): string {
  const configured = config.publicUrl();
  const host = request.headers.get("host");
  if (configured || !host) return configured ?? new URL(request.url).origin;
  return `${request.headers.get("x-forwarded-proto") === "https" ? "https" : "http"}://${host}`;
}
