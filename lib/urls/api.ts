import { DELIVERY_STATES } from "@/lib/model/notification";
import { SHIFT_STATUSES } from "@/lib/model/words";
import { type DriftSelection, driftQuery } from "./drift";
import type { OverviewSelection } from "./overview";
import { overviewQuery } from "./overview";
import { decimal, flag, grammar, oneOf, type Selection, segment, text, whole } from "./query";
import { SHIFT_SORTS, shiftsParams } from "./shifts";
import { workloadsParams } from "./workloads";

const series = {
  workload: text,
  params: text,
  metric: text,
  environment: text,
  branch: text,
  from: text,
  to: text,
  samples: flag,
  thin: whole(null, 2),
  format: oneOf(["json", "csv"], "json"),
} as const;

/**
 * workload: its name as sent or its number. from, to: shas, both included. thin: about so many points at most, with
 * minima, maxima and changepoints kept.
 */
export type SeriesSelection = Selection<typeof series>;
export const seriesQuery = grammar(series);

const shifts = {
  ...shiftsParams,
  status: oneOf(["open", "all", ...SHIFT_STATUSES], "all"),
  sort: oneOf(SHIFT_SORTS, "newest"),
  format: oneOf(["json", "csv"], "json"),
} as const;

/** As on the page; but scripts get all shifts unless they ask for those of a status. */
export type ApiShiftsSelection = Selection<typeof shifts>;
const shiftsQuery = grammar(shifts);

const { name: _name, hide: _hide, detail: _detail, group, ...filters } = workloadsParams;
const workloads = {
  ...filters,
  limit: whole(100, 1),
  cursor: text,
  format: oneOf(["json", "csv"], "json"),
} as const;

/** The list of workloads with its filters; in parts by `cursor`. */
export type WorkloadsRead = Selection<typeof workloads>;
export const workloadsReadQuery = grammar(workloads);

const workloadRows = { ...filters, group, offset: whole(0), limit: whole(100, 1) } as const;
const workloadRowsQuery = grammar(workloadRows);

const detector = {
  workload: text,
  params: text,
  metric: text,
  environment: text,
  sensitivity: decimal(0.5, 2),
} as const;
const detectorQuery = grammar(detector);

const components = grammar<{ environment: string | null; branch: string | null }>({ environment: text, branch: text });
const acceptedQuery = grammar({ since: text, format: oneOf(["json", "csv"], "json") });

const runs = grammar<{ commit: string | null; environment: string | null }>({ commit: text, environment: text });

const report = {
  candidate: text,
  against: text,
  report: whole(null, 1),
  format: oneOf(["json", "csv"], "json"),
} as const;
const reportQuery = grammar(report);
const planQuery = grammar<{ tag: string | null; against: string | null }>({ tag: text, against: text });

const deliveries = {
  route: whole(null, 1),
  state: oneOf(DELIVERY_STATES, null),
  limit: whole(100, 1),
  cursor: text,
} as const;
const deliveriesQuery = grammar(deliveries);

/** What is typed into the palette. */
export const paletteQuery = grammar<{ text: string | null }>({ text });

const project = (slug: string) => `/api/v1/projects/${segment(slug)}`;

/** The addresses under /api/v1, spelt in this one place. */
export const apiUrl = {
  project,
  overview: (slug: string, selection: Partial<OverviewSelection> = {}) =>
    `${project(slug)}/overview${overviewQuery.build(selection)}`,
  workloads: (slug: string, selection: Partial<WorkloadsRead> = {}) =>
    `${project(slug)}/workloads${workloadsReadQuery.build(selection)}`,
  workloadRows: (slug: string, selection: Partial<Selection<typeof workloadRows>>) =>
    `${project(slug)}/workloads/rows${workloadRowsQuery.build(selection)}`,
  series: (slug: string, selection: Partial<SeriesSelection>) =>
    `${project(slug)}/series${seriesQuery.build(selection)}`,
  /** Where component revisions changed along a branch in an environment. */
  components: (slug: string, of: { environment: string | null; branch: string | null }) =>
    `${project(slug)}/component-changes${components.build(of)}`,
  detector: (slug: string, selection: Partial<Selection<typeof detector>>) =>
    `${project(slug)}/detector${detectorQuery.build(selection)}`,
  sensitivity: (slug: string) => `${project(slug)}/settings/sensitivity`,
  settings: (slug: string) => `${project(slug)}/settings`,
  events: (slug: string) => `${project(slug)}/events`,
  event: (slug: string, id: number) => `${project(slug)}/events/${id}`,
  exclusions: (slug: string) => `${project(slug)}/exclusions`,
  exclusion: (slug: string, id: number) => `${project(slug)}/exclusions/${id}`,
  corrections: (slug: string) => `${project(slug)}/corrections`,
  correction: (slug: string, id: number) => `${project(slug)}/corrections/${id}`,
  shifts: (slug: string, selection: Partial<ApiShiftsSelection> = {}) =>
    `${project(slug)}/shifts${shiftsQuery.build(selection)}`,
  shift: (slug: string, number: number) => `${project(slug)}/shifts/${number}`,
  shiftTriage: (slug: string, number: number) => `${project(slug)}/shifts/${number}/triage`,
  notes: (slug: string, number: number) => `${project(slug)}/shifts/${number}/notes`,
  note: (slug: string, number: number, id: number) => `${project(slug)}/shifts/${number}/notes/${id}`,
  triage: (slug: string) => `${project(slug)}/triage`,
  undo: (slug: string, batch: number) => `${project(slug)}/triage/${batch}/undo`,
  accepted: (slug: string, since: string | null) =>
    `${project(slug)}/accepted${acceptedQuery.build({ since, format: "csv" })}`,
  drift: (slug: string, selection: DriftSelection) => {
    const query = driftQuery.build({ ...selection, page: 1 });
    return `${project(slug)}/drift${query}${query === "" ? "?" : "&"}format=csv`;
  },
  quality: (slug: string, since: string | null) =>
    `${project(slug)}/quality${acceptedQuery.build({ since, format: "csv" })}`,
  filters: (slug: string) => `${project(slug)}/filters`,
  filter: (slug: string, id: number) => `${project(slug)}/filters/${id}`,
  report: (slug: string, selection: Partial<Selection<typeof report>> = {}) =>
    `${project(slug)}/releases/report${reportQuery.build(selection)}`,
  reportMarkdown: (slug: string, selection: Partial<Selection<typeof report>>) =>
    `${project(slug)}/releases/report/markdown${reportQuery.build(selection)}`,
  plan: (slug: string, selection: { tag: string; against: string | null }) =>
    `${project(slug)}/releases/plan${planQuery.build(selection)}`,
  waivers: (slug: string) => `${project(slug)}/releases/waivers`,
  waiver: (slug: string, id: number, revision: number) =>
    `${project(slug)}/releases/waivers/${id}?revision=${revision}`,
  /** Routes of messages. */
  notifications: (slug: string) => `${project(slug)}/notifications`,
  notification: (slug: string, id: number) => `${project(slug)}/notifications/${id}`,
  notificationTest: (slug: string, id: number) => `${project(slug)}/notifications/${id}/test`,
  notificationDryRun: (slug: string) => `${project(slug)}/notifications/dry-run`,
  deliveries: (slug: string, selection: Partial<Selection<typeof deliveries>> = {}) =>
    `${project(slug)}/notifications/deliveries${deliveriesQuery.build(selection)}`,
  deliveryRetry: (slug: string, id: number) => `${project(slug)}/notifications/deliveries/${id}/retry`,
  analysis: (slug: string) => `${project(slug)}/analysis`,
  palette: (slug: string, typed: string | null) => `${project(slug)}/palette${paletteQuery.build({ text: typed })}`,
  runs: (slug: string, of: { commit: string | null; environment: string | null }) =>
    `${project(slug)}/runs${runs.build(of)}`,
  run: (slug: string, key: string) => `${project(slug)}/runs/${segment(key)}`,
  tokens: (slug: string) => `${project(slug)}/tokens`,
  token: (slug: string, id: number) => `${project(slug)}/tokens/${id}`,
  users: "/api/v1/users",
  user: (id: number) => `/api/v1/users/${id}`,
  userLink: (id: number) => `/api/v1/users/${id}/link`,
  auth: {
    signIn: "/api/auth/sign-in",
    signOut: "/api/auth/sign-out",
    firstAccount: "/api/auth/first-account",
    invitation: "/api/auth/invitation",
    password: "/api/auth/password",
  },
  theme: "/api/theme",
  looked: "/api/looked",
  health: "/api/v1/health",
  openApi: "/api/v1/openapi.json",
};
