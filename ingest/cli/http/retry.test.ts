import { describe, expect, test } from "vitest";
import { isRetryable, parseRetryAfter, waitBefore } from "./retry";

const policy = { retries: 5, sleep: async () => {}, random: () => 0, now: () => Date.parse("2026-11-24T10:00:00Z") };

describe("waitBefore", () => {
  test("doubles from half a second up to 30 seconds", () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => waitBefore(attempt, undefined, policy));
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  test("takes up to half off by chance", () => {
    expect(waitBefore(1, undefined, { ...policy, random: () => 0.999 })).toBeCloseTo(500, -1);
  });

  test("does what the server asks, in seconds or as a date", () => {
    expect(waitBefore(0, "7", policy)).toBe(7000);
    expect(waitBefore(0, "Tue, 24 Nov 2026 10:00:20 GMT", policy)).toBe(20_000);
    expect(waitBefore(0, "Tue, 24 Nov 2026 09:00:00 GMT", policy)).toBe(0);
  });

  test("gives up when the server asks for more than five minutes", () => {
    expect(waitBefore(0, "3600", policy)).toBeNull();
  });

  test("an unreadable Retry-After counts as none", () => {
    expect(parseRetryAfter("soon", 0)).toBeNull();
  });
});

test("only 429, 502, 503 and 504 are sent again", () => {
  const statuses = Array.from({ length: 500 }, (_, index) => 100 + index);
  expect(statuses.filter(isRetryable)).toEqual([429, 502, 503, 504]);
});
