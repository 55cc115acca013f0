import { headers } from "next/headers";
import { cache } from "react";
import { authenticate } from "@/lib/auth/authenticate";
import { Unauthorized } from "@/lib/errors";
import { type Actor, ANONYMOUS } from "@/lib/model/actor";

/** Who asks for this page. A token that is no good counts as none: the page then shows what is public. */
export const pageActor = cache(async (): Promise<Actor> => {
  try {
    return await authenticate(await headers());
  } catch (error) {
    if (error instanceof Unauthorized) return ANONYMOUS;
    throw error;
  }
});
