import { expect, test } from "vitest";
import { shortRevision } from "./revision";

test("a sha is shortened, a version stays", () => {
  expect([shortRevision("86ac021bec39f7c"), shortRevision("3.11.2")]).toEqual(["86ac021", "3.11.2"]);
});
