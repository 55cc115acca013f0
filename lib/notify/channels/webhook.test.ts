import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { message } from "../testing/message";
import { type Receiver, receiver } from "../testing/receiver";
import { sendWebhook, signature } from "./webhook";

let hook: Receiver;
beforeEach(async () => {
  vi.stubEnv("TIDEMARK_NOTIFY_ALLOW", "127.0.0.1");
  hook = await receiver();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hook.close();
});

const SECRET = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;

test("the signature is that of the example of Standard Webhooks", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const body = '{"test": 2432232314}';
  expect(signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)).toBe(
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  );
});

test("a receiver that computes the signature from what it got comes to the same", async () => {
  await sendWebhook([message()], { target: { url: `${hook.url}/in?a=1` }, secret: SECRET, reference: null });
  const [got] = hook.received;
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": sent } = got?.headers ?? {};
  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  expect(sent).toBe(`v1,${createHmac("sha256", key).update(`${id}.${at}.${got?.body}`).digest("base64")}`);
  expect([got?.method, got?.path, id]).toEqual(["POST", "/in?a=1", "tidemark-dask-7"]);
  expect(Math.abs(Number(at) - Date.now() / 1000)).toBeLessThan(60);
  expect(got?.body).not.toContain(SECRET);
});

test("a message is its facts and its words, a digest a list of them under an id of its own", async () => {
  const to = { target: { url: hook.url }, secret: null, reference: null };
  await sendWebhook([message()], to);
  await sendWebhook([message(), message({ id: "tidemark-dask-8" }, { shift: 7 })], to);
  const [one, digest] = hook.received.map(({ body }) => JSON.parse(body));
  expect(one).toMatchObject({
    ...{ kind: "confirmed", shift: 6, project: "dask", commits: 3, url: "https://perf.example/dask/shifts/6" },
    headline: "Regression #6 in Dask: Duration of map_futures +145 %",
    members: [{ workload: "map_futures", before: 12.1, after: 29.7, interval: [1.38, 1.52] }],
  });
  expect(digest).toMatchObject({ kind: "digest", messages: [{ shift: 6 }, { shift: 7 }] });
  expect(hook.received[1]?.headers).toMatchObject({ "webhook-id": "tidemark-dask-7+1" });
  expect(hook.received[1]?.headers).not.toHaveProperty("webhook-signature");
});
