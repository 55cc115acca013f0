import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { config } from "@/lib/config";
import { Invalid } from "@/lib/errors";

/** An address that a name resolves to. */
export type Address = { address: string; family: number };

/** How names are resolved; tests give their own. */
export type Resolve = (host: string) => Promise<Address[]>;

const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * Addresses of `host` that a request of this server may go to. Only addresses of the public Internet are, and what
 * TIDEMARK_NOTIFY_ALLOW names (host names, addresses, networks): a webhook must not reach into the network that the
 * server stands in. One address that is not allowed refuses the name: whoever resolves it next might get that one.
 * Throws Invalid, with the way out.
 */
export async function allowedAddresses(host: string, resolve?: Resolve): Promise<Address[]> {
  const found = await addressesOf(host, resolve);
  if (found.length === 0) throw new Invalid(`The name ${host} cannot be resolved. Check its spelling.`);
  requireAllowed(host, found);
  return found;
}

/** What the host of a URL resolves to; none where it cannot be resolved, which may pass. */
export async function addressesOf(host: string, resolve: Resolve = resolveAll): Promise<Address[]> {
  const bare = withoutBrackets(host);
  return isIP(bare) ? [{ address: bare, family: isIP(bare) }] : resolve(bare).catch(() => []);
}

/** Throws Invalid where one of the addresses is not one that a request may go to. */
export function requireAllowed(host: string, found: readonly Address[]): void {
  const bare = withoutBrackets(host);
  const allowed = config.notifyAllow();
  if (allowed.some((one) => one.toLowerCase() === bare.toLowerCase())) return;
  const refused = found.find(({ address }) => !isPublic(address) && !allowed.some((one) => isWithin(address, one)));
  if (!refused) return;
  const which = refused.address === bare ? "" : ` (${refused.address})`;
  throw new Invalid(
    `${bare}${which} is not an address of the public Internet. Whoever runs the server can allow it: TIDEMARK_NOTIFY_ALLOW=${bare}.`,
  );
}

const withoutBrackets = (host: string) => host.replace(/^\[|\]$/g, "");

/** Is it reached through the public Internet? An IPv4 address in the clothes of IPv6 counts as what it is. */
function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

/** Is the address the one that is named, or within the network (10.1.0.0/16)? */
function isWithin(address: string, named: string): boolean {
  const one = ipaddr.process(address);
  if (ipaddr.isValid(named)) return ipaddr.process(named).toString() === one.toString();
  if (!ipaddr.isValidCIDR(named)) return false;
  const [network, bits] = ipaddr.parseCIDR(named);
  return network.kind() === one.kind() && one.match(network, bits);
}
