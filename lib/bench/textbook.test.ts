import { expect, test } from "vitest";
import { quietSeries } from "@/lib/changepoint/testing/generate";
import { optimalPartition } from "@/lib/changepoint/testing/optimalPartition";
import { seeded } from "@/lib/stats/random";
import { differenceNoise } from "@/lib/stats/spread";
import { pelt } from "./textbook";

test("the textbook's PELT gives the optimal partition, pruned or not", () => {
  for (let seed = 1; seed <= 8; seed++) {
    const values = quietSeries("normal", 30, seeded(seed), 0.01).map((value, i) => value + (i >= 12 ? 4 : 0));
    const noise = differenceNoise(values) as number;
    const scaled = values.map((value) => (value - (values[0] as number)) / noise);
    const { ends } = optimalPartition(scaled, 3 * Math.log(30), 1000);
    expect(pelt(Float64Array.from(values))).toEqual(ends.slice(0, -1));
  }
});
