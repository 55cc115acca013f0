import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False while the page is still the server's HTML: a button that is pressed then would do nothing, or the wrong thing. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
