import fc from "fast-check";
import { expect, test } from "vitest";
import { movedKey, readMovedKey } from "./moved";

test("the choice of a changepoint to move names its metric and commit, whatever the metric is called", () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^[0-9a-f]{7,40}$/), (metric, sha) => {
      expect(readMovedKey(movedKey(metric, sha))).toEqual({ metric, sha });
    }),
  );
  expect(readMovedKey("peak memory 4bcc6b6")).toEqual({ metric: "peak memory", sha: "4bcc6b6" });
});
