import { db, rows } from "@/lib/db/sql";
import { TooMany } from "@/lib/errors";
import { hashSecret } from "./secret";

/** Within WINDOW_MINUTES so many wrong passwords for one account, and so many from one address, whatever the account. */
export const ATTEMPTS = { account: 10, address: 50 } as const;
export const WINDOW_MINUTES = 15;

type Kind = keyof typeof ATTEMPTS;
type Keys = { [kind in Kind]: string };

/**
 * Counts an attempt to sign in as `account` (an e-mail address, known or not) before the password is looked at, so that
 * guesses made at once count as well. Gives what to call when the password was right. Throws TooMany.
 */
export async function countAttempt(account: string, headers: Headers): Promise<() => Promise<void>> {
  const keys: Keys = { account: keyOf("account", account), address: keyOf("address", addressOf(headers)) };
  await rows(db(), "delete from sign_in_attempts where since < now() - interval '1 day'");
  const counted = await rows<{ key: string; count: number; wait: number }>(
    db(),
    `insert into sign_in_attempts as a (key, count)
     select key, 1 from unnest($1::text[]) as given (key) order by key
     on conflict (key) do update
       set count = case when a.since < now() - $2 * interval '1 minute' then 1 else a.count + 1 end,
           since = case when a.since < now() - $2 * interval '1 minute' then now() else a.since end
     returning key, count, ceil(extract(epoch from since + $2 * interval '1 minute' - now())) as wait`,
    [Object.values(keys), WINDOW_MINUTES],
  );
  for (const kind of ["account", "address"] as const) {
    const found = counted.find(({ key }) => key === keys[kind]);
    if (found && found.count > ATTEMPTS[kind]) throw tooMany(kind, Math.max(1, found.wait));
  }
  return () => forget(keys);
}

function tooMany(kind: Kind, seconds: number): TooMany {
  const what = kind === "account" ? "for this account" : "from this address";
  const minutes = Math.ceil(seconds / 60);
  return new TooMany(
    `Too many attempts ${what}. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}, or ask an admin for a link.`,
    seconds,
  );
}

/** The password was right: the account begins anew, the address gets its one attempt back. */
async function forget({ account, address }: Keys): Promise<void> {
  await rows(db(), "delete from sign_in_attempts where key = $1", [account]);
  await rows(db(), "update sign_in_attempts set count = count - 1 where key = $1 and count > 0", [address]);
}

const keyOf = (kind: Kind, value: string) => `${kind}:${hashSecret(value.trim().toLowerCase()).toString("base64url")}`;

/** Who knocks: what the nearest proxy (or our own server) says, which is the last of the list. */
function addressOf(headers: Headers): string {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
}
