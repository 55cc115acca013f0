import { afterEach, describe, expect, test, vi } from "vitest";
import { allowedAddresses } from "./address";

afterEach(() => vi.unstubAllEnvs());

const allow = (list: string) => vi.stubEnv("TIDEMARK_NOTIFY_ALLOW", list);
const resolving =
  (...found: string[]) =>
  async () =>
    found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

describe("addresses that nothing is sent to", () => {
  test.each([
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "[::1]",
    "[::]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[::ffff:10.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[ff02::1]",
  ])("%s is refused, by its number and by a name for it", async (host) => {
    const bare = host.replace(/[[\]]/g, "");
    await expect(allowedAddresses(host)).rejects.toThrow(`${bare} is not an address of the public Internet`);
    const named = allowedAddresses("hooks.example", resolving("93.184.216.34", bare));
    await expect(named).rejects.toThrow(`hooks.example (${bare}) is not an address of the public Internet`);
  });

  test.each([
    "http://2130706433/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://①②⑦.0.0.1/",
  ])("%s is what it stands for", async (url) => {
    await expect(allowedAddresses(new URL(url).hostname)).rejects.toThrow("public Internet");
  });

  test("the refusal names the way out", async () => {
    const refused = allowedAddresses("ci.internal", resolving("10.1.2.3"));
    await expect(refused).rejects.toThrow("TIDEMARK_NOTIFY_ALLOW=ci.internal");
  });

  test("a name that nobody knows is told as that", async () => {
    await expect(allowedAddresses("nowhere.example", resolving())).rejects.toThrow("cannot be resolved");
    const failing = async () => Promise.reject(new Error("EAI_AGAIN"));
    await expect(allowedAddresses("nowhere.example", failing)).rejects.toThrow("cannot be resolved");
  });
});

describe("addresses that messages are sent to", () => {
  test.each(["93.184.216.34", "[2606:2800:220:1:248:1893:25c8:1946]"])("%s is public", async (host) => {
    expect(await allowedAddresses(host)).toHaveLength(1);
  });
  test("all that a name resolves to, when all are public", async () => {
    const found = await allowedAddresses("hooks.example", resolving("93.184.216.34", "2606:2800:220:1::1"));
    expect(found.map(({ family }) => family)).toEqual([4, 6]);
  });
  test("a name, an address and a network that whoever runs the server allows, and no other", async () => {
    allow("ci.internal, 10.9.8.7 192.168.4.0/24,fd00:1::/32");
    const passes = (host: string, ...found: string[]) =>
      allowedAddresses(host, resolving(...found)).then(
        () => true,
        () => false,
      );
    expect(await passes("CI.internal", "10.1.1.1")).toBe(true);
    expect(await passes("x.ci.internal", "10.1.1.1")).toBe(false);
    expect(await passes("a.example", "10.9.8.7")).toBe(true);
    expect(await passes("a.example", "::ffff:10.9.8.7")).toBe(true);
    expect(await passes("a.example", "192.168.4.200")).toBe(true);
    expect(await passes("a.example", "192.168.5.1")).toBe(false);
    expect(await passes("a.example", "fd00:1::5")).toBe(true);
    expect(await passes("a.example", "fd00:2::5")).toBe(false);
    expect(await passes("a.example", "192.168.4.200", "10.0.0.1")).toBe(false);
    expect(await passes("[::ffff:10.9.8.7]")).toBe(true);
  });
  test("a list that nobody can read allows nothing", async () => {
    allow("10.0.0.0/99 *, 10.*");
    await expect(allowedAddresses("10.0.0.1")).rejects.toThrow("public Internet");
  });
});
