import { XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { type FeedShift, shiftFeed } from "./feed";
import { HOSTILE } from "./testing/hostile";
import { sharedMember, sharedShift } from "./testing/sharedShift";

const project = { id: 7, name: "dask", createdAt: "2022-01-01T00:00:00.000Z" };
const places = {
  list: "https://perf.example/dask/shifts",
  atom: "https://perf.example/api/v1/projects/dask/shifts/feed.atom?signature=a",
  json: "https://perf.example/api/v1/projects/dask/shifts/feed.json?signature=a",
};

function entry(more: Partial<FeedShift> = {}): FeedShift {
  const shift = sharedShift();
  return {
    ...shift,
    url: `https://perf.example/dask/shifts/${more.number ?? 14}`,
    image: "https://perf.example/api/v1/projects/dask/shifts/14/image.png",
    changepoints: shift.members,
    changepointsTotal: 1,
    ...more,
  };
}

type Atom = {
  feed: {
    id: string;
    updated: string;
    title: string;
    entry: {
      id: string;
      title: { "#text": string; "@_type": string };
      updated: string;
      published: string;
      content: { "#text": string };
      link: { "@_href": string };
    }[];
  };
};
const parse = (xml: string) =>
  new XMLParser({ ignoreAttributes: false, isArray: (name) => name === "entry", processEntities: true }).parse(
    xml,
  ) as Atom;
type JsonFeed = { items: { id: string; url: string; title: string; content_html: string; date_modified: string }[] };

describe("the feed of a project's shifts", () => {
  test("is Atom and JSON Feed with the same ids, dated by the first shifted commit", () => {
    const shifts = [entry({ number: 15, firstShiftedAt: "2023-02-01T00:00:00.000Z" }), entry()];
    const { feed } = parse(shiftFeed(project, shifts, places, "atom"));
    const json = JSON.parse(shiftFeed(project, shifts, places, "json")) as JsonFeed;
    expect(feed.entry.map(({ id }) => id)).toEqual(json.items.map(({ id }) => id));
    expect(feed.entry[0]?.id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(feed.entry.map(({ id }) => id)).size).toBe(2);
    expect(feed.entry[0]).toMatchObject({ updated: "2023-02-01T00:00:00.000Z", published: "2023-02-01T00:00:00.000Z" });
    expect(feed.updated).toBe("2023-02-01T00:00:00.000Z");
    expect(json.items[0]?.date_modified).toBe("2023-02-01T00:00:00.000Z");
    expect(feed.entry[0]?.link["@_href"]).toBe("https://perf.example/dask/shifts/15");
  });
  test("an id depends on project and number alone: not on address, range, title or state", () => {
    const idOf = (shift: FeedShift, where = places) =>
      parse(shiftFeed(project, [shift], where, "atom")).feed.entry[0]?.id;
    const first = idOf(entry());
    expect(idOf(entry({ title: "Other", state: "recovered", lastGood: "c".repeat(40), firstShiftedAt: null }))).toBe(
      first,
    );
    expect(
      idOf(entry({ url: "https://other.example/dask/shifts/14" }), { ...places, list: "https://other.example" }),
    ).toBe(first);
    expect(idOf(entry({ number: 13 }))).not.toBe(first);
  });
  test("without a date of the commit it is dated by the project, never by now", () => {
    const { feed } = parse(shiftFeed(project, [entry({ firstShiftedAt: null })], places, "atom"));
    expect(feed.entry[0]?.updated).toBe(project.createdAt);
    expect(parse(shiftFeed(project, [], places, "atom")).feed.updated).toBe(project.createdAt);
  });
  test("says before, after, change, interval and range, with the picture", () => {
    const content =
      (JSON.parse(shiftFeed(project, [entry()], places, "json")) as JsonFeed).items[0]?.content_html ?? "";
    const words = content.replaceAll("\u00a0", " ");
    expect(words).toContain(
      "<td>array/anom_mean</td><td>duration</td><td>vm-b</td><td>10.0 s</td><td>12.0 s</td><td>+20.0 %</td><td>+18.0 … +22.0 %</td>",
    );
    expect(words).toContain("2 commits, first shifted");
    expect(content).toContain('<img src="https://perf.example/api/v1/projects/dask/shifts/14/image.png"');
  });
  test("what clients sent is text in title and content, in both forms", () => {
    for (const text of HOSTILE) {
      const shift = entry({
        title: `Duration of ${text}`,
        containedIn: text,
        changepoints: [sharedMember({ workload: text, environment: text, metric: text, params: { [text]: text } })],
      });
      const atom = parse(shiftFeed({ ...project, name: text }, [shift], places, "atom")).feed;
      const { title, content } = atom.entry[0] ?? { title: { "#text": "" }, content: { "#text": "" } };
      expect(atom.entry).toHaveLength(1);
      expect([text, String(title["#text"])]).toEqual([text, expect.not.stringMatching(/<\w/)]);
      const json = JSON.parse(shiftFeed(project, [shift], places, "json")) as JsonFeed;
      for (const written of [content["#text"], json.items[0]?.content_html ?? ""]) {
        const tags = [...written.matchAll(/<(\w+)/g)].map(([, name]) => name);
        expect([text, tags.filter((tag) => !["p", "img", "table", "tr", "th", "td"].includes(tag ?? ""))]).toEqual([
          text,
          [],
        ]);
        expect(written).not.toMatch(/<[^>]*\son\w+\s*=/);
      }
    }
  });
});
