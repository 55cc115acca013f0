import { mutate } from "@/lib/api/mutate";
import { apiUrl } from "@/lib/urls/api";

/** Signs out, here or everywhere, and reads the start page anew: what may be seen has changed. Throws WriteFailed. */
export async function signOut(everywhere = false): Promise<void> {
  await mutate(apiUrl.auth.signOut, { body: { everywhere } });
  window.location.assign("/");
}
