import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { answering, type Receiver, receiver } from "../notify/testing/receiver";
import { send } from "./send";

const open: Receiver[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const allow = (list = "127.0.0.1") => vi.stubEnv("TIDEMARK_NOTIFY_ALLOW", list);
async function serve(...asked: Parameters<typeof receiver>): Promise<Receiver> {
  const made = await receiver(...asked);
  open.push(made);
  return made;
}

test("an answer is given whatever its status", async () => {
  allow();
  const server = await serve(answering(418, "short and stout"));
  expect(await send(server.url, { body: "hi" })).toEqual({ status: 418, body: "short and stout" });
  expect(server.received).toMatchObject([{ method: "POST", body: "hi" }]);
});

test("an address of the own network gets nothing, though a server is there", async () => {
  const server = await serve();
  await expect(send(server.url, { body: "hi" })).rejects.toThrow("public Internet");
  await expect(send(`http://localhost:${server.port}`, {})).rejects.toThrow("public Internet");
  expect(server.received).toEqual([]);
});

test("a redirect is given back, not followed", async () => {
  allow();
  const inner = await serve();
  const outer = await serve(answering(307, "", { location: inner.url }));
  expect(await send(outer.url, { body: "hi" })).toMatchObject({ status: 307 });
  expect(inner.received).toEqual([]);
});

test("a name that means another address at its second look is asked only once, and goes where it was checked", async () => {
  allow("hooks.example");
  const server = await serve();
  const answers = ["127.0.0.1", "10.255.255.1"];
  const resolve = vi.fn(async () => [{ address: answers.shift() ?? "", family: 4 }]);
  expect(await send(`http://hooks.example:${server.port}/x`, { resolve })).toMatchObject({ status: 204 });
  expect(resolve).toHaveBeenCalledTimes(1);
  expect(server.received).toMatchObject([{ path: "/x", headers: { host: `hooks.example:${server.port}` } }]);
});

test("a name that has turned to the own network is refused, though it was public when it was saved", async () => {
  const server = await serve();
  const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
  await expect(send(`http://hooks.example:${server.port}`, { resolve })).rejects.toThrow(
    "hooks.example (127.0.0.1) is not an address of the public Internet",
  );
  expect(server.received).toEqual([]);
});

test("of several addresses one that answers is enough", async () => {
  allow("hooks.example");
  const server = await serve();
  const resolve = async () => [
    { address: "::1", family: 6 },
    { address: "127.0.0.1", family: 4 },
  ];
  expect(await send(`http://hooks.example:${server.port}`, { resolve })).toMatchObject({ status: 204 });
});

test("an answer without end is cut, and counts by its status", async () => {
  allow();
  const endless = await serve((_, response) => {
    response.writeHead(200);
    const more = () => {
      while (response.write("x".repeat(65_536)));
    };
    response.on("drain", more);
    more();
  });
  const answer = await send(endless.url, {});
  expect(answer.status).toBe(200);
  expect(answer.body.length).toBe(4 * 1024 * 1024);
});

test("an answer whose end never comes counts by its status too", async () => {
  allow();
  const stuck = await serve((_, response) => response.writeHead(200).write("begin"));
  expect(await send(stuck.url, { timeout: 200 })).toEqual({ status: 200, body: "begin" });
});

test("a server that does not answer, is not there or speaks no HTTP is unreachable, with the reason", async () => {
  allow();
  const silent = await serve(() => undefined);
  await expect(send(silent.url, { timeout: 100 })).rejects.toThrow("could not be reached: no answer in time");
  const gone = await receiver();
  await gone.close();
  await expect(send(gone.url, {})).rejects.toThrow("could not be reached: connect ECONNREFUSED");
  const strange = createServer((socket) => socket.resume().end("220 mail.example ESMTP\r\n"));
  await new Promise<void>((resolve) => strange.listen(0, "127.0.0.1", resolve));
  await expect(send(`http://127.0.0.1:${(strange.address() as AddressInfo).port}`, {})).rejects.toThrow(
    "could not be reached",
  );
  await new Promise((resolve) => strange.close(resolve));
  const resolve = async () => [];
  await expect(send("http://nowhere.example", { resolve })).rejects.toThrow("nowhere.example cannot be resolved");
});
