import { z } from "zod";
import { CHANNELS, DELIVERY_STATES, DIGESTS, MESSAGE_KINDS } from "@/lib/model/notification";
import { SHIFT_DIRECTIONS } from "@/lib/model/words";
import type { DeliveryItem, DryRunItem, RouteItem } from "@/lib/queries/notifications";
import { change, count, pageOf, time } from "./parts";

const filter = z.strictObject({
  directions: z.array(z.enum(SHIFT_DIRECTIONS)),
  workload: z.string().nullable().describe("Name of a workload, or how it begins."),
  metric: z.string().nullable(),
  environment: z.string().nullable(),
  minChange: z.number().nullable().describe("0.1 is 10 %."),
});

export const RouteAnswer = z.strictObject({
  id: count,
  name: z.string(),
  channel: z.enum(CHANNELS),
  target: z
    .union([
      z.strictObject({ url: z.string() }),
      z.strictObject({ to: z.array(z.string()) }),
      z.strictObject({
        repository: z.string(),
        api: z.string(),
        labels: z.array(z.string()),
        pullRequests: z.boolean(),
      }),
    ])
    .describe("Where to: of a webhook or Slack, of mail, of GitHub."),
  secretHint: z.string().nullable().describe("The last four characters of its key or token; null: it has none."),
  filter,
  digest: z.enum(DIGESTS),
  maxAgeDays: count.nullable(),
  enabled: z.boolean(),
  revision: count.describe("What a change names."),
  createdBy: z.string(),
  createdAt: time,
  deliveries: z.strictObject({ waiting: count, held: count, delivered: count, failed: count }),
  deliveredAt: time.nullable().describe("When something arrived last; null: never."),
  lastError: z.string().nullable().describe("Why the newest delivery did not arrive; null: it did, or there is none."),
}) satisfies z.ZodType<RouteItem>;

export const NewRouteAnswer = RouteAnswer.extend({
  secret: z.string().nullable().describe("Of a webhook: the key that signs, given here and never again."),
});
export const RoutesAnswer = pageOf(RouteAnswer);
export const RemovedRouteAnswer = z.strictObject({ id: count, name: z.string() });

export const DeliveryAnswer = z.strictObject({
  id: count,
  routeId: count,
  route: z.string(),
  channel: z.enum(CHANNELS),
  kind: z.enum(MESSAGE_KINDS),
  shift: count.nullable().describe("Number of the shift; null: a test."),
  title: z.string(),
  at: time.describe("When it was told."),
  state: z.enum(DELIVERY_STATES),
  attempts: count,
  lastAt: time.nullable(),
  lastError: z.string().nullable(),
  deliveredAt: time.nullable(),
  reference: z.string().nullable().describe("What the target named, such as the number of the issue it made."),
  log: z
    .array(
      z.strictObject({
        at: time,
        status: z.int().nullable().describe("The code that was answered; null: nothing was."),
        millis: count,
        error: z.string().nullable(),
      }),
    )
    .describe("Every try, the newest first."),
}) satisfies z.ZodType<DeliveryItem>;
export const DeliveriesAnswer = pageOf(DeliveryAnswer);

export const DryRunAnswer = pageOf(
  z.strictObject({
    shift: count,
    title: z.string(),
    direction: z.enum(SHIFT_DIRECTIONS),
    committedAt: time.nullable().describe("When the first shifted commit was made."),
    confirmedAt: time,
    workload: z.string().describe("Of the largest change that the filter lets through, as the following."),
    metric: z.string(),
    environment: z.string(),
    change,
  }) satisfies z.ZodType<DryRunItem>,
);
