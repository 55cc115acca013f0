import { config } from "@/lib/config";

/** The origin under which people reach this server: the public address where one is set, else that of the request. */
export function originOf(request: Request): string {
  return config.publicUrl() ?? new URL(request.url).origin;
}
