import { describe, expect, test } from "vitest";
import { scaleFor } from "@/lib/format/unit";
import type { DetectorFinding, DetectorRejected } from "@/lib/queries/detector";
import { changeText, driftText, noiseText, rejectedText, toldText, visibleText } from "./detector-words";

const scale = scaleFor([8], "s");
const plain = (text: string | null) => text?.replaceAll("\u00a0", " ");

const rejected = (more: Partial<DetectorRejected>): DetectorRejected => ({
  sha: "a",
  position: 1,
  committedAt: null,
  change: 0.1,
  difference: 0.8,
  z: 3,
  p: 0.2,
  why: "weak",
  ...more,
});

describe("the words of the detector", () => {
  test("noise is told in the unit and as a share of the level; what cannot be told says so", () => {
    expect(plain(noiseText({ noise: 0.4, level: 8 }, scale))).toBe("± 0.400 s, 5.0 %");
    expect(plain(noiseText({ noise: 0.4, level: 0 }, scale))).toBe("± 0.400 s");
    expect(noiseText({ noise: null, level: 8 }, scale)).toBe("cannot be told");
  });
  test("the smallest visible change is a share, in the unit where the level is zero, a dash where it cannot be told", () => {
    expect(visibleText({ runs: 5, change: 0.061, difference: 0.5 }, scale)).toBe("6.1 %");
    expect(plain(visibleText({ runs: 5, change: null, difference: 0.5 }, scale))).toBe("0.500 s");
    expect(visibleText({ runs: 5, change: null, difference: null }, scale)).toBe("–");
  });
  test("a rejected step says why", () => {
    expect(rejectedText(rejected({ why: "small" }), 0.05)).toBe("under the smallest effect of 5 %");
    expect(rejectedText(rejected({ p: null }), 0.05)).toBe("as strong as noise makes it too");
    expect(rejectedText(rejected({ why: "outlier" }), 0.05)).toContain("far points");
  });
  test("changepoints are counted as the list has them, those by hand named", () => {
    expect(toldText([{ byHand: false }, { byHand: false }])).toBe("2");
    expect(toldText([{ byHand: false }, { byHand: true }])).toBe("2, 1 by hand");
  });

  test("drift is told with its release and the steps beside it, or not at all", () => {
    const drift = {
      isRelease: true,
      since: "2026.9.0",
      change: 0.06,
      difference: 0.4,
      interval: [0.04, 0.08] as [number, number],
      p: 0.001,
      steps: 0,
      isTold: true,
    };
    expect(plain(driftText(drift, scale))).toBe("+6.0 % since 2026.9.0, no single step");
    expect(plain(driftText({ ...drift, steps: 2 }, scale))).toBe("+6.0 % since 2026.9.0, besides 2 steps");
    const sha = "4bcc6b6d1a2f".padEnd(40, "0");
    expect(plain(driftText({ ...drift, since: sha, isRelease: false }, scale))).toContain("since 4bcc6b6,");
    expect(driftText({ ...drift, isTold: false }, scale)).toBeNull();
    expect(driftText(null, scale)).toBeNull();
  });
  test("what another sensitivity changes is counted over all lines", () => {
    const finding = { sha: "a" } as DetectorFinding;
    expect(changeText([{ appear: [], go: [] }])).toBe("the findings stay as they are");
    const reads = [
      { appear: [finding, finding], go: [] },
      { appear: [], go: [finding] },
    ];
    expect(plain(changeText(reads))).toBe("2 changepoints would appear, 1 would go");
  });
});
