import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expect } from "./test";

const PASSWORD = "a long enough phrase";
const bearer = { Authorization: `Bearer ${process.env.TIDEMARK_ADMIN_TOKEN ?? ""}` };

/** Somebody who is signed in, in a browser of their own. */
export type Signed = { name: string; context: BrowserContext; page: Page };

/** Makes an account and signs it in over HTTP, as the pages do; close its context afterwards. */
export async function signedIn(browser: Browser, name: string, role: "admin" | "member" = "member"): Promise<Signed> {
  const context = await browser.newContext();
  const email = `${name.toLowerCase().replace(/\W/g, "")}-${crypto.randomUUID().slice(0, 8)}@example.org`;
  const invited = await context.request.post("/api/v1/users", { data: { email, name, role }, headers: bearer });
  expect(invited.status(), await invited.text()).toBe(201);
  const { link } = (await invited.json()) as { link: string };
  const accepted = await context.request.post("/api/auth/invitation", {
    data: { code: new URL(link).hash.slice(1), password: PASSWORD },
    headers: { origin: process.env.TIDEMARK_E2E_URL ?? "" },
  });
  expect(accepted.ok(), await accepted.text()).toBe(true);
  return { name, context, page: await context.newPage() };
}
