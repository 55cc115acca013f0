import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatChange, formatInterval, formatP } from "./change";
import { differingLabel, metricInSentence, metricLabel, paramsLabel, prefixOf } from "./name";
import { decimalsOf, formatCount, formatNumber, plural } from "./number";
import { formatDate, formatMonth, formatRange, formatRelative, formatTime, shortSha } from "./time";
import { formatDifference, formatInColumn, formatQuantity, formatScaled, formatValue, scaleFor } from "./unit";

const plain = (text: string) => text.replace(/\u00a0/g, " ");
const anything = fc.oneof(
  fc.double(),
  fc.constantFrom(null, undefined, Number.NaN, Infinity, -Infinity, 0, -0, 5e-324),
);

describe("numbers", () => {
  test("three significant digits, whole from 100 on", () => {
    expect([7.9432, 79.43, 794.3, 1340.2, 0.06403, 0, -2.6].map(formatNumber)).toEqual([
      "7.94",
      "79.4",
      "794",
      "1340",
      "0.0640",
      "0",
      "−2.60",
    ]);
  });

  test("rounding that carries keeps three digits", () => {
    expect([9.996, 99.96, 0.9999].map(formatNumber)).toEqual(["10.0", "100", "1.00"]);
    expect(decimalsOf(9.996)).toBe(1);
  });

  test("the tiny and the huge are powers of ten", () => {
    expect(formatNumber(1e-9)).toBe("1.00×10⁻⁹");
    expect(formatNumber(-1.5e15)).toBe("−1.50×10¹⁵");
  });

  test("nothing ever reads NaN, undefined or Infinity", () => {
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        const scale = scaleFor([a ?? null, b ?? null], "s");
        const all = [
          formatNumber(a),
          formatCount(a),
          formatValue(a, scale),
          formatDifference(a, scale),
          formatChange(a),
          formatInterval(a, b),
          formatP(a),
          formatQuantity(a, "B"),
        ];
        expect(all.join(" ")).not.toMatch(/NaN|undefined|Infinity|null/);
      }),
    );
  });

  test("counts are set apart by thousands and take their plural", () => {
    expect([0, 999, 2140, 1234567].map(formatCount)).toEqual(["0", "999", "2,140", "1,234,567"]);
    expect([plural(1, "shift"), plural(25, "shift"), plural(0, "series", "series")].map(plain)).toEqual([
      "1 shift",
      "25 shifts",
      "0 series",
    ]);
  });
});

describe("units", () => {
  test("one unit per column: that of its largest value", () => {
    const scale = scaleFor([0.06, 0.31, 1.79], "s");
    expect(scale.unit).toBe("s");
    expect([0.06, 0.31, 1.79].map((value) => formatScaled(value, scale))).toEqual(["0.0600", "0.310", "1.79"]);
  });

  test("one giant does not turn the rest of a column into dust", () => {
    expect(scaleFor([2e6, 3e6, 4e6, 8e9], "B").unit).toBe("MiB");
  });

  test("one dwarf does not become a row of zeros, unless the largest would not read any more", () => {
    expect(scaleFor([1e6, 4e8, 1.2e9], "B").unit).toBe("MiB");
    expect(scaleFor([0.002, 0.3, 14], "s").unit).toBe("ms");
    expect(scaleFor([1e-6, 20, 900], "s").unit).toBe("s");
  });

  test("differences of one column have the decimals of the largest, and say when they round to nothing", () => {
    const scale = scaleFor([4.71], "s");
    const texts = [4.71, 0.0308, -0.25, 0.002, 0, null].map((one) => plain(formatInColumn(one, 4.71, scale)));
    expect(texts).toEqual(["+4.71 s", "+0.03 s", "−0.25 s", "< 0.01 s", "0.00 s", "–"]);
  });

  test("bytes scale by 1024, whatever unit the metric has", () => {
    expect(plain(formatQuantity(647 * 2 ** 20, "B"))).toBe("647 MiB");
    expect(plain(formatQuantity(2048, "MiB"))).toBe("2.00 GiB");
    expect(plain(formatQuantity(1.5, "GB"))).toBe("1.40 GiB");
    expect(plain(formatQuantity(5e8, "B/s"))).toBe("477 MiB/s");
  });

  test("what rounds up to the next unit is written in it", () => {
    expect(plain(formatQuantity(0.99996, "s"))).toBe("1.00 s");
    expect(plain(formatQuantity(0.878, "s"))).toBe("878 ms");
    expect(plain(formatQuantity(3e-7, "s"))).toBe("300 ns");
  });

  test("other units stay, zero and nothing keep the metric's unit", () => {
    expect(plain(formatQuantity(1234, "tasks"))).toBe("1234 tasks");
    expect([formatQuantity(0.5, "ratio"), formatQuantity(7, "count")]).toEqual(["0.500", "7.00"]);
    expect(plain(formatQuantity(0, "s"))).toBe("0 s");
    expect(formatQuantity(null, "s")).toBe("–");
  });

  test("a difference always has its sign", () => {
    const scale = scaleFor([2.6], "s");
    expect(plain(formatDifference(2.6, scale))).toBe("+2.60 s");
    expect(plain(formatDifference(-0.163, scale))).toBe("−0.163 s");
    expect(plain(formatDifference(0, scale))).toBe("0 s");
  });
});

describe("changes and certainty", () => {
  test("a sign always, one decimal, none from 100 % on", () => {
    expect([0.124, -0.073, 1.7642, 0.99949, 0.9996, 0, -0.0001].map((change) => plain(formatChange(change)))).toEqual([
      "+12.4 %",
      "−7.3 %",
      "+176 %",
      "+99.9 %",
      "+100 %",
      "0.0 %",
      "0.0 %",
    ]);
  });

  test("both ends of an interval have the same digits", () => {
    expect(plain(formatInterval(0.124, 0.211))).toBe("+12.4 … +21.1");
    expect(plain(formatInterval(-0.236, 1.41))).toBe("−24 … +141");
  });

  test("p has two significant places and a floor", () => {
    expect([0.0004, 0.034, 0.0012, 0.5, 1].map((p) => plain(formatP(p)))).toEqual([
      "< 0.001",
      "0.034",
      "0.0012",
      "0.50",
      "1.0",
    ]);
  });
});

describe("dates and commits", () => {
  test("dates are UTC, whatever the zone of the machine", () => {
    expect(formatDate("2023-03-16T23:59:59Z")).toBe("16 Mar 2023");
    expect(formatTime("2023-03-16T23:05:00+02:00")).toBe("16 Mar 2023, 21:05");
    expect(formatMonth("2023-01-31T00:00:00Z", true)).toBe("Jan 2023");
    expect([formatDate(null), formatDate("no date")]).toEqual(["–", "–"]);
  });

  test("how long ago something was is told in the largest unit that fits, also of the future", () => {
    const at = "2026-11-25T12:00:00Z";
    const later = (seconds: number) => formatRelative(at, Date.parse(at) + seconds * 1000);
    expect(later(59)).toBe("just now");
    expect(later(60)).toBe("1\u00a0minute ago");
    expect(later(3 * 3600 + 100)).toBe("3\u00a0hours ago");
    expect(later(86_400 * 29)).toBe("29\u00a0days ago");
    expect(later(86_400 * 400)).toBe("1\u00a0year ago");
    expect(later(-86_400 * 2)).toBe("in 2\u00a0days");
    expect(formatRelative(null, 0)).toBe("–");
  });

  test("a sha has seven characters, a range two of them", () => {
    expect(formatRange("8ae6c9f1b2c3", "5839d0e1b2c3")).toBe("8ae6c9f..5839d0e");
    expect(shortSha(null)).toBe("–");
  });
});

describe("names", () => {
  test("a metric is read in sentence case, its own capitals kept", () => {
    expect(metricLabel("client_scheduler_cpu")).toBe("Client scheduler CPU");
    expect(metricLabel("peak_memory")).toBe("Peak memory");
    expect(metricLabel("x", "Wall clock")).toBe("Wall clock");
    expect([metricInSentence("Peak memory"), metricInSentence("CPU time")]).toEqual(["peak memory", "CPU time"]);
  });

  test("lists group by path, else by the first word", () => {
    expect(["array/sum/x", "mod::bench::y", "dataframe_shuffle", "matmul", "a b_c"].map(prefixOf)).toEqual([
      "array/sum",
      "mod::bench",
      "dataframe",
      "",
      "",
    ]);
  });

  test("parameters read as key=value", () => {
    expect(paramsLabel({ data: "compressible", size: 5 })).toBe("data=compressible, size=5");
    expect(paramsLabel({})).toBe("");
  });

  test("parameters that are the same everywhere tell nothing apart", () => {
    const all = [
      { data: "a", size: 1 },
      { data: "a", size: 2 },
    ];
    expect(differingLabel({ data: "a", size: 2 }, all)).toBe("size=2");
    expect(differingLabel({ data: "a" }, [{ data: "a" }])).toBe("data=a");
  });
});
