import { grammar, oneOf, type Selection, segment, text, whole } from "./query";

/** filter: a part of a tag. state: what became of its report. */
const list = {
  filter: text,
  state: oneOf(["none", "draft", "frozen", "signed", "rejected"], null),
  page: whole(1, 1),
} as const;

export type ReleasesSelection = Selection<typeof list>;
export const releasesQuery = grammar(list);

export function releasesUrl(project: string, selection: Partial<ReleasesSelection> = {}): string {
  return `/${segment(project)}/releases${releasesQuery.build(selection)}`;
}

/** against: another side to compare with. report: which report of the release, the newest if left out. show: all rows of a table. */
const report = { against: text, report: whole(null, 1), show: oneOf(["all"], null) } as const;

export type ReleaseSelection = Selection<typeof report>;
export const releaseQuery = grammar(report);

/** The report of a release; its name may hold slashes, each part of it is escaped by itself. */
export function releaseUrl(project: string, name: string, selection: Partial<ReleaseSelection> = {}): string {
  return `/${segment(project)}/releases/${name.split("/").map(segment).join("/")}${releaseQuery.build(selection)}`;
}
