import { expect, test } from "vitest";
import { localUrl, readSettings, withoutPassword } from "./settings";

test("without any variable the server listens on this machine only, at port 3000, with its own database and the demo", () => {
  expect(readSettings({})).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    databaseUrl: null,
    demo: true,
    adminToken: null,
    publicUrl: "http://127.0.0.1:3000",
  });
});

test.each([
  ["PORT", "http"],
  ["PORT", "70000"],
  ["DATABASE_URL", "mysql://host/db"],
  ["TIDEMARK_PUBLIC_URL", "tidemark.example.org"],
])("%s=%s is refused by a sentence that names the variable", (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(name);
});

test("a server that listens everywhere is reached as localhost, one on an IPv6 address in brackets", () => {
  expect(localUrl("0.0.0.0", 3000)).toBe("http://localhost:3000");
  expect(localUrl("::1", 3000)).toBe("http://[::1]:3000");
});

test("no message shows the password of the database", () => {
  expect(withoutPassword("postgresql://me:secret@db.example:5432/tide")).toBe("db.example:5432/tide");
});
