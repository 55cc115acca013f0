import { QueryClient } from "@tanstack/react-query";
import { pack, unpack } from "./packed";
import { ReadFailed } from "./read";

/** Long enough that hydrated data are not fetched again at once, short enough that a new run shows when one comes back. */
const FRESH_MS = 30_000;

/** A store for queries: one per browser, one per request on the server. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      dehydrate: { serializeData: pack },
      hydrate: { deserializeData: unpack },
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < 2 && !(error instanceof ReadFailed && error.status < 500),
      },
    },
  });
}
