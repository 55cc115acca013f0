import type { Values } from "@/components/account/form";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { NBSP } from "@/lib/format/number";
import type { Channel, DeliveryState, Digest, RouteFilter } from "@/lib/model/notification";
import type { Json, ShiftDirection } from "@/lib/model/words";
import type { RouteItem } from "@/lib/queries/notifications";

export const CHANNEL_NAME: Record<Channel, string> = {
  webhook: "Webhook",
  slack: "Slack",
  email: "Mail",
  github: "GitHub",
};

export const DIRECTION_NAME: Record<ShiftDirection, string> = {
  regression: "Regressions",
  improvement: "Improvements",
  mixed: "Mixed shifts",
  rose: "Rises",
  fell: "Falls",
};

export const DIGEST_NAME: Record<Digest, string> = {
  none: "each at once",
  daily: "once a day",
  weekly: "once a week",
};

export const STATE_NAME: Record<DeliveryState, string> = {
  waiting: "Waiting",
  held: "For the digest",
  delivered: "Delivered",
  failed: "Failed",
};

/** Where a route leads, in one line. */
export function targetText({ channel, target }: Pick<RouteItem, "channel" | "target">): string {
  if (channel === "email") return textsOf(target.to).join(", ");
  return textOf(channel === "github" ? target.repository : target.url);
}

/** For which shifts a route is: "regressions, mixed shifts of array/…, peak memory, on vm-b, from 10 % on". */
export function filterText({ directions, workload, metric, environment, minChange }: RouteFilter): string {
  const what = directions.map((direction) => DIRECTION_NAME[direction].toLowerCase()).join(", ");
  const rest = [
    metric && `of ${metricInSentence(metricLabel(metric))}`,
    workload && `of workloads ${workload}…`,
    environment && `on ${environment}`,
    minChange !== null && `from ${percentOf(minChange)}${NBSP}% on`,
  ].filter(Boolean);
  const text = [what, ...rest].join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A share in per cent without the dust of the binary point. */
export const percentOf = (share: number): number => Number((share * 100).toPrecision(12));

/** What a form says of a route, as the API takes it. What is no number goes as it is: the server says what it wants. */
export function routeOf(values: Values, channel: Channel) {
  return {
    name: values.one("name"),
    target: targetOf(values, channel),
    filter: filterOf(values),
    digest: values.one("digest"),
    maxAgeDays: numberOf(values.one("maxAgeDays")),
    enabled: values.one("enabled") === "on",
  };
}

export function filterOf(values: Values): Record<string, Json> {
  const share = numberOf(values.one("minChange"));
  return {
    directions: values.all("directions"),
    workload: values.one("workload").trim() || null,
    metric: values.one("metric") || null,
    environment: values.one("environment") || null,
    minChange: typeof share === "number" ? Number((share / 100).toPrecision(12)) : share,
  };
}

function targetOf(values: Values, channel: Channel): Record<string, Json> {
  if (channel === "email") return { to: partsOf(values.one("to")) };
  if (channel !== "github") return { url: values.one("url") };
  return {
    repository: values.one("repository"),
    labels: partsOf(values.one("labels")),
    pullRequests: values.one("pullRequests") === "on",
    ...(values.one("api").trim() ? { api: values.one("api") } : {}),
  };
}

/** The whole of a typed number, null for nothing, and the text itself for what is none. */
export function numberOf(typed: string): number | string | null {
  const text = typed.trim().replace(",", ".");
  if (text === "") return null;
  return Number.isFinite(Number(text)) ? Number(text) : typed;
}

const partsOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter(Boolean);

/** Parts of `after` that differ from `before`. The order of keys says nothing. */
export function changed<Part extends object>(before: object, after: Part): Partial<Part> {
  const known = new Map<string, unknown>(Object.entries(before));
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => sorted(known.get(name)) !== sorted(value)),
  ) as Partial<Part>;
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? "";

/** What somebody else changed of a route, in words: "Digest: each at once → once a day". */
export function differences(seen: RouteItem, now: RouteItem): string[] {
  const parts = (route: RouteItem): Record<string, string> => ({
    Name: route.name,
    "Where to": targetText(route),
    "For which shifts": filterText(route.filter),
    Digest: DIGEST_NAME[route.digest],
    Age: ageText(route.maxAgeDays),
    State: route.enabled ? "on" : "off",
    Secret: route.secretHint ? `ends in ${route.secretHint}` : "none",
  });
  const before = parts(seen);
  const told = Object.entries(parts(now)).flatMap(([name, text]) =>
    text === before[name] ? [] : [`${name}: ${before[name]} → ${text}`],
  );
  const details = sorted(seen.target) !== sorted(now.target) && targetText(seen) === targetText(now);
  return [...told, ...(details ? ["Labels, API root or pull requests were changed"] : [])];
}

export const ageText = (days: number | null): string => (days === null ? "of any age" : `at most ${days} days old`);

/** What the server said of a field or of a part of it. */
export function faultAt(faults: Record<string, string>, name: string): string | undefined {
  return Object.entries(faults).find(([path]) => path === name || path.startsWith(`${name}[`))?.[1];
}

export const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");
export const textsOf = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
