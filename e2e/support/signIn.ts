import { expect, type Page } from "@playwright/test";

/** Somebody of the role, made with the admin token, signed in on this page. */
export async function signIn(page: Page, role: "admin" | "member"): Promise<void> {
  const email = `person-${crypto.randomUUID().slice(0, 8)}@example.org`;
  const response = await page.request.post("/api/v1/users", {
    data: { email, name: "Grace Hopper", role },
    headers: { Authorization: `Bearer ${process.env.TIDEMARK_ADMIN_TOKEN}` },
  });
  const { link } = (await response.json()) as { link: string };
  await page.goto(new URL(link).pathname + new URL(link).hash);
  await page.getByLabel("Password").fill("a long enough phrase");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByRole("button", { name: "Account of Grace Hopper" })).toBeVisible();
}
