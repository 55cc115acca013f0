import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test, vi } from "vitest";
import { message } from "../testing/message";
import { Refused } from "./channel";
import { mail, sendEmail } from "./email";

type Got = { from: string; to: string[]; raw: string };
const servers: SMTPServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((one) => new Promise<void>((resolve) => one.close(resolve))));
});

/** A mail server on a real socket; `refuse`: the code with which it refuses every recipient. */
async function mailServer(refuse: number | null = null): Promise<Got[]> {
  const got: Got[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS"], logger: false },
    onRcptTo: (_, __, done) =>
      done(refuse === null ? null : Object.assign(new Error("no such mailbox"), { responseCode: refuse })),
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part) => parts.push(part));
      stream.on("end", () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : "";
        const to = envelope.rcptTo.map(({ address }) => address);
        got.push({ from, to, raw: Buffer.concat(parts).toString("utf8") });
        done();
      });
    },
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("TIDEMARK_SMTP_URL", `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
  vi.stubEnv("TIDEMARK_MAIL_FROM", "Tidemark <perf@example.org>");
  return got;
}

const to = { target: { to: ["ada@example.org", "bob@example.org"] }, secret: null, reference: null };
const headersOf = (raw: string) => (raw.split("\r\n\r\n")[0] ?? "").replace(/\r\n[ \t]+/g, " ").split("\r\n");

test("one mail goes to all addresses, as plain text that says it was made by a program", async () => {
  const got = await mailServer();
  expect(await sendEmail([message()], to)).toMatchObject({ status: 250 });
  expect(got).toMatchObject([{ from: "perf@example.org", to: ["ada@example.org", "bob@example.org"] }]);
  const headers = headersOf(got[0]?.raw ?? "");
  expect(headers).toContain("Message-ID: <tidemark-dask-7@perf.example>");
  expect(headers).toContain("Auto-Submitted: auto-generated");
  expect(headers.find((line) => line.startsWith("Content-Type"))).toMatch(/text\/plain/);
  expect(got[0]?.raw).toContain("https://perf.example/dask/shifts/6");
});

test("a name cannot add a header, a recipient or a second part", async () => {
  const got = await mailServer();
  const evil = "x\r\nBcc: eve@evil.example\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>";
  await sendEmail([message({}, { title: evil, projectName: `p\n${evil}` })], to);
  expect(got[0]?.to).toEqual(["ada@example.org", "bob@example.org"]);
  const names = headersOf(got[0]?.raw ?? "").map((line) => line.split(":")[0]?.toLowerCase());
  expect(names).not.toContain("bcc");
  expect(names.filter((name) => name === "content-type")).toHaveLength(1);
  expect(new Set(names).size).toBe(names.length);
});

test("a subject is one line of at most 200 characters", () => {
  const { subject } = mail([message({}, { title: `a\r\nb ${"😀".repeat(400)}` })]);
  expect(subject).not.toMatch(/[\r\n]/);
  expect([...subject]).toHaveLength(200);
});

test("a digest is one mail: its headlines first, then each message", () => {
  const made = mail([message(), message({ id: "tidemark-dask-8" }, { shift: 7 })]);
  expect(made.subject).toBe("2 shifts in Dask");
  expect(made.messageId).toBe("<tidemark-dask-7+1@perf.example>");
  expect(made.text.match(/Regression #6/g)).toHaveLength(2);
  expect(made.text.match(/Regression #7/g)).toHaveLength(2);
});

test("a refusal for good is told as that; one for now, or a server that is away, may pass", async () => {
  const failure = async (): Promise<Refused> => (await sendEmail([message()], to).catch((error) => error)) as Refused;
  await mailServer(550);
  expect(await failure()).toMatchObject({ status: 550, canRetry: false, message: expect.stringContaining("no such") });
  await mailServer(451);
  expect(await failure()).toMatchObject({ status: 451, canRetry: true });
  vi.stubEnv("TIDEMARK_SMTP_URL", "smtp://127.0.0.1:9");
  expect(await failure()).toMatchObject({ status: null, canRetry: true });
  vi.stubEnv("TIDEMARK_SMTP_URL", "");
  expect(await failure()).toMatchObject({ canRetry: false, message: expect.stringContaining("TIDEMARK_SMTP_URL") });
});

test("a password of the mail server stands in no error", async () => {
  vi.stubEnv("TIDEMARK_SMTP_URL", "smtp://perf:hunter2@127.0.0.1:9");
  const error = await sendEmail([message()], to).catch((error: Error) => error);
  expect(error).toBeInstanceOf(Refused);
  expect((error as Error).message).not.toContain("hunter2");
});
