import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { VALID_HOURS } from "@/lib/commands/inviteUser";
import { SHORT_BYTES } from "@/lib/http/sameOrigin";
import { PASSWORD } from "@/lib/model/password";
import { ATTEMPTS, WINDOW_MINUTES } from "./attempts";
import { SESSION_SECONDS } from "./library";

test("docs/security.md states the limits that hold", () => {
  const docs = readFileSync("docs/security.md", "utf8").replace(/\s+/g, " ");
  for (const sentence of [
    `${PASSWORD.least} to ${PASSWORD.most} characters`,
    `After ${ATTEMPTS.account} wrong passwords within ${WINDOW_MINUTES} minutes`,
    `after ${ATTEMPTS.address} from one address`,
    `good for one use within ${VALID_HOURS} hours`,
    `ends after ${SESSION_SECONDS / 24 / 3600} days`,
    `to ${SHORT_BYTES / 1024} KiB`,
  ])
    expect(docs).toContain(sentence);
});
