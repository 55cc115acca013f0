import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { signedIn } from "./support/people";
import { expect, expectAccessible, expectContrast, test } from "./support/test";

/** What the server refuses shows as a fault on the console too. */
test.use({ expectedFaults: [/status of (409|422)/] });

/** The messages that arrived. */
const received: { path: string; body: string; signature: string | undefined }[] = [];
let server: Server;
let address: string;
let page: Page;

/** No issue is there yet; one that is made is the seventh. */
function github(method: string | undefined, response: ServerResponse): void {
  const [status, body] = method === "POST" ? [201, { number: 7 }] : [200, []];
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

test.beforeAll(async ({ browser }) => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part.toString();
    });
    request.on("end", () => {
      const signature = request.headers["webhook-signature"];
      received.push({ path: request.url ?? "", body, signature: signature?.toString() });
      if (request.url?.startsWith("/repos/")) github(request.method, response);
      else response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  ({ page } = await signedIn(browser, "Ada Lovelace", "admin"));
});

test.afterAll(async () => {
  await page.context().close();
  await new Promise((resolve) => server.close(resolve));
});

test("an admin adds a webhook, sees whom it would have told, tries it, changes it and removes it", async () => {
  const name = `Hook ${crypto.randomUUID().slice(0, 8)}`;
  await page.goto("/distributed/settings/notifications");
  await expect(page.getByText("One message when a shift is confirmed")).toBeVisible();
  await page.getByRole("button", { name: "Add a route" }).click();
  const form = page.getByRole("dialog", { name: "Add a route" });
  await form.getByLabel("Name").fill(name);

  await test.step("an address inside the network is refused at its field, with the way out", async () => {
    await form.getByLabel("Address").fill("http://10.1.2.3/hook");
    await form.getByRole("button", { name: "Add route" }).click();
    await expect(form.getByLabel("Address")).toHaveAccessibleDescription(/TIDEMARK_NOTIFY_ALLOW/);
    await form.getByLabel("Smallest change, %").fill("many");
    await form.getByRole("button", { name: "Add route" }).click();
    await expect(form.getByLabel("Smallest change, %")).toHaveAccessibleDescription("Must be a number.");
    await form.getByLabel("Smallest change, %").fill("1");
  });

  await test.step("the dry run lists shifts of the demo before anything is saved", async () => {
    await form.getByRole("textbox", { name: "past" }).fill("3650");
    await form.getByRole("button", { name: "What would it have told?" }).click();
    const told = form.getByRole("list", { name: "Shifts it would have told" });
    await expect(told.getByRole("link").first()).toHaveAttribute("href", /\/distributed\/shifts\/\d+/);
    await expectAccessible(page);
  });

  await form.getByLabel("Address").fill(address);
  await form.getByRole("button", { name: "Add route" }).click();
  await expect(page.getByRole("region", { name: `Key of ${name}` })).toContainText("whsec_");
  const route = page.getByRole("list", { name: "Routes" }).getByRole("listitem").filter({ hasText: name });
  await expect(route).toContainText("from 1 % on");

  await test.step("a test arrives, signed, and stands in the log with its try", async () => {
    await route.getByRole("button", { name: `Send a test to ${name}` }).click();
    const delivery = page.getByRole("list", { name: "Deliveries" }).getByRole("listitem").filter({ hasText: name });
    await expect(delivery.getByText("Delivered", { exact: true })).toBeVisible({ timeout: 15_000 });
    await delivery.getByText("1 try").click();
    await expect(delivery).toContainText("answer 204");
    expect(received).toEqual([
      { path: "/hook", body: expect.stringContaining("to try this route"), signature: expect.stringMatching(/^v1,/) },
    ]);
    await expect(route).toContainText("last delivered");
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectContrast(page);
    await page.emulateMedia({ colorScheme: "light" });
  });

  await test.step("a change that another admin overtook is not written, and says what they changed", async () => {
    await route.getByRole("button", { name: `Edit ${name}` }).click();
    const edit = page.getByRole("dialog", { name: `Edit ${name}` });
    await edit.getByLabel("Name").fill(`${name} too`);
    const api = "/api/v1/projects/distributed/notifications";
    const { items } = await (await page.request.get(api)).json();
    const { id, revision } = items.find((one: { name: string }) => one.name === name);
    const other = await page.request.patch(`${api}/${id}`, {
      data: { revision, digest: "daily" },
      headers: { Authorization: `Bearer ${process.env.TIDEMARK_ADMIN_TOKEN}` },
    });
    expect(other.ok(), await other.text()).toBe(true);
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(edit.getByRole("alert")).toContainText("Digest: each at once → once a day");
    await edit.getByRole("button", { name: "Apply mine all the same" }).click();
    await expect(edit).toBeHidden();
    await expect(route).toContainText(`${name} too`);
    await expect(route).toContainText("once a day");
  });

  await route.getByRole("button", { name: /^Switch .* off$/ }).click();
  await expect(route.getByText("Off", { exact: true })).toBeVisible();
  await route.getByRole("button", { name: /^Remove/ }).click();
  await route.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(route).toHaveCount(0);
  await page.getByRole("navigation", { name: "State" }).getByRole("link", { name: "For the digest" }).click();
  await expect(page.getByText("No delivery is like that")).toBeVisible();
});

test("chat, mail and GitHub ask for what each needs, refuse what cannot be, and send a test", async () => {
  const id = crypto.randomUUID().slice(0, 8);
  await page.goto("/distributed/settings/notifications");
  const add = async (channel: string, fields: Record<string, string>, refused: { field: string; value: string }) => {
    await page.getByRole("button", { name: "Add a route" }).click();
    const form = page.getByRole("dialog", { name: "Add a route" });
    await form.getByRole("radio", { name: channel }).check();
    await form.getByLabel("Name").fill(`${channel} ${id}`);
    for (const [label, value] of Object.entries({ ...fields, [refused.field]: refused.value }))
      await form.getByLabel(label).fill(value);
    await form.getByRole("button", { name: "Add route" }).click();
    const wrong = form.getByLabel(refused.field);
    await expect(wrong).toHaveAccessibleDescription(/Must be/);
    await wrong.fill(fields[refused.field] ?? "");
    await form.getByRole("button", { name: "Add route" }).click();
    await expect(form).toBeHidden();
    const route = page.getByRole("list", { name: "Routes" }).getByRole("listitem").filter({ hasText: id });
    return route.filter({ hasText: channel });
  };
  const deliveryOf = (channel: string) =>
    page
      .getByRole("list", { name: "Deliveries" })
      .getByRole("listitem")
      .filter({ hasText: `${channel} ${id}` });

  await test.step("a chat gets one line of text", async () => {
    const label = "Address of the incoming webhook";
    const route = await add("Slack", { [label]: `${address}/chat` }, { field: label, value: "ftp://127.0.0.1/chat" });
    await route.getByRole("button", { name: `Send a test to Slack ${id}` }).click();
    await expect(deliveryOf("Slack").getByText("Delivered", { exact: true })).toBeVisible();
    expect(received.find(({ path }) => path === "/hook/chat")?.body).toContain("to try this route");
  });

  await test.step("mail without a server for it says which setting is missing", async () => {
    const label = "Addresses, one per line";
    const route = await add("Mail", { [label]: "perf@example.org" }, { field: label, value: "perf at example" });
    await route.getByRole("button", { name: `Send a test to Mail ${id}` }).click();
    await expect(route).toContainText("TIDEMARK_SMTP_URL");
  });

  await test.step("an issue is opened by a token that nobody reads again", async () => {
    const fields = {
      Repository: "dask/distributed",
      Token: "ghp_nobodysees",
      "Root of the API": new URL("/", address).href,
    };
    const route = await add("GitHub", fields, { field: "Repository", value: "distributed" });
    await route.getByRole("button", { name: `Send a test to GitHub ${id}` }).click();
    await expect(deliveryOf("GitHub").getByText("Delivered", { exact: true })).toBeVisible();
    await route.getByRole("button", { name: `Edit GitHub ${id}` }).click();
    const edit = page.getByRole("dialog", { name: `Edit GitHub ${id}` });
    await expect(edit.getByLabel("Token")).toHaveAccessibleDescription(/Ends in/);
    await expect(edit.getByLabel("Token")).toHaveValue("");
    await expectAccessible(page);
  });
});
