import { expect, test } from "vitest";
import { member, message } from "../testing/message";
import { slackText } from "./slack";

const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u200b", "");

test("a message is its headline as a link, then its lines", () => {
  expect(plain(slackText([message()])).split("\n")).toEqual([
    "<https://perf.example/dask/shifts/6|Regression #6 in Dask: Duration of map_futures +145 %>",
    "Duration of map_futures on vm-b: 12.1 s → 29.7 s, +145 % [+138 … +152]",
    "Since fad7f65..c53d30c, 3 commits",
  ]);
});

test("a digest is a headline with a link each", () => {
  const digest = slackText([message(), message({ url: "https://perf.example/dask/shifts/7" }, { shift: 7 })]);
  expect(
    plain(digest)
      .split("\n")
      .map((line) => line.split("|")[0]),
  ).toEqual(["2 shifts:", "• <https://perf.example/dask/shifts/6", "• <https://perf.example/dask/shifts/7"]);
});

test.each([
  "<!channel> <@U024BE7LH> <https://evil.example|look here>",
  "@here and @all and @channel",
  "[look](https://evil.example) ![x](https://evil.example/a.png) [x](javascript:alert(1))",
  "https://evil.example and www.evil.example",
  "*bold* _thin_ ~gone~ `code` ||hidden|| :skull:",
  "a & b &lt;",
])("%s in a name is text and stays readable", (name) => {
  const text = slackText([message({}, { title: name, members: [member({ workload: name })] })]);
  expect(text.match(/<(?!https:\/\/perf\.example\/dask\/shifts\/6\|)/)).toBeNull();
  const [first = "", ...rest] = text.split("\n");
  for (const part of [first.slice(first.indexOf("|") + 1, -1), ...rest]) {
    expect(part).not.toMatch(/[<>]|(^|\s)@\w|\]\(|:\/\/|www\.|(^|\s)[*_~`:|]\w/);
    const entities = part.match(/&/g)?.length ?? 0;
    expect(part.match(/&(amp|lt|gt);/g)?.length ?? 0).toBe(entities);
  }
  const shown = plain(rest.join("\n")).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  expect(shown).toContain(name);
});

test("what is too long is cut between lines, and a headline never loses its link", () => {
  const long = member({ workload: "w".repeat(900) });
  const text = slackText([message({}, { title: "<".repeat(5000), members: [long, long, long, long, long] })]);
  expect(text.length).toBeLessThanOrEqual(3500);
  expect(text.split("\n").at(-1)).toBe("…");
  expect(text.split("\n")[0]).toMatch(/^<https:\/\/perf\.example\/dask\/shifts\/6\|.*…>$/);
  const digest = slackText(Array.from({ length: 100 }, () => message()));
  expect(digest.length).toBeLessThanOrEqual(3500);
  for (const line of digest.split("\n").slice(1, -1)) expect(line).toMatch(/^• <.*>$/);
});
