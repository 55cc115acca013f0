import { DryRunBody, RouteBody, RouteChange } from "@/lib/commands/notificationBodies";
import { DeliveriesQuery } from "@/lib/http/queries";
import {
  DeliveriesAnswer,
  DeliveryAnswer,
  DryRunAnswer,
  NewRouteAnswer,
  RemovedRouteAnswer,
  RouteAnswer,
  RoutesAnswer,
} from "../answers/notifications";
import type { Endpoint } from "../types";

const PATH = "/api/v1/projects/{project}/notifications";
const project = { project: "dask" };
const group = "Notifications";
const mail = { to: ["performance@example.org"] };

export const notifications: Endpoint[] = [
  {
    method: "POST",
    path: PATH,
    id: "addNotificationRoute",
    group,
    title: "Add a route of messages",
    text: "Whom to tell of which shifts: one message when a shift is confirmed, one when it is resolved or withdrawn, none between. A webhook, a Slack-compatible address, mail, or one issue per shift at GitHub. An address within the server's own network is refused, unless whoever runs the server allows it (TIDEMARK_NOTIFY_ALLOW).",
    scope: "admin",
    body: RouteBody,
    answers: [{ status: 201, text: "Made.", schema: NewRouteAnswer }],
    examples: [
      {
        name: "POST .../notifications",
        path: project,
        body: {
          name: "Performance list",
          channel: "email",
          target: mail,
          filter: { minChange: 0.05 },
          digest: "daily",
        },
        status: 201,
      },
      {
        name: "POST .../notifications: into the server's own network",
        path: project,
        body: { name: "inside", channel: "webhook", target: { url: "http://10.0.0.8/hook" } },
        status: 422,
      },
    ],
  },
  {
    method: "GET",
    path: PATH,
    id: "listNotificationRoutes",
    group,
    title: "List the routes",
    text: "With what became of their messages. Keys and tokens are never shown again.",
    scope: "admin",
    answers: [{ status: 200, text: "All routes.", schema: RoutesAnswer }],
    examples: [{ name: "GET .../notifications", path: project, status: 200 }],
  },
  {
    method: "PATCH",
    path: `${PATH}/{id}`,
    id: "changeNotificationRoute",
    group,
    title: "Change a route",
    text: "What is left out stays; the channel always does. What it holds for a digest is sent at once when it has none any more.",
    scope: "admin",
    body: RouteChange,
    answers: [{ status: 200, text: "As it is now.", schema: RouteAnswer }],
    conflict: "It was changed since the revision that was named.",
    examples: [
      {
        name: "PATCH .../notifications/{id}",
        path: { ...project, id: "1" },
        body: { revision: 1, digest: "none" },
        status: 200,
      },
      {
        name: "PATCH .../notifications/{id}: seen too early",
        path: { ...project, id: "1" },
        body: { revision: 1, enabled: false },
        status: 409,
      },
    ],
  },
  {
    method: "POST",
    path: `${PATH}/{id}/test`,
    id: "testNotificationRoute",
    group,
    title: "Send a test",
    text: "A message that says it is a test, by the road of all others. The log tells what became of it.",
    scope: "admin",
    answers: [{ status: 202, text: "On its way.", schema: DeliveryAnswer }],
    examples: [{ name: "POST .../notifications/{id}/test", path: { ...project, id: "1" }, status: 202 }],
  },
  {
    method: "POST",
    path: `${PATH}/dry-run`,
    id: "dryRunNotifications",
    group,
    title: "Who would have been told",
    text: "Confirmed shifts of the past that a route with this filter would have been told of. Nothing is written or sent.",
    scope: "admin",
    body: DryRunBody,
    answers: [{ status: 200, text: "Those shifts, the newest first; at most 200 are listed.", schema: DryRunAnswer }],
    examples: [
      { name: "POST .../notifications/dry-run", path: project, body: { filter: { minChange: 0.1 } }, status: 200 },
    ],
  },
  {
    method: "GET",
    path: `${PATH}/deliveries`,
    id: "listNotificationDeliveries",
    group,
    title: "The delivery log",
    text: "Every message to every route with each try, the newest first.",
    scope: "admin",
    query: DeliveriesQuery,
    answers: [{ status: 200, text: "Those that match.", schema: DeliveriesAnswer }],
    examples: [{ name: "GET .../deliveries", path: project, query: { state: "failed" }, status: 200 }],
  },
  {
    method: "POST",
    path: `${PATH}/deliveries/{id}/retry`,
    id: "retryNotificationDelivery",
    group,
    title: "Deliver again",
    text: "Tries once more what failed for good.",
    scope: "admin",
    answers: [{ status: 202, text: "On its way.", schema: DeliveryAnswer }],
    conflict: "It did not fail, or its route is off.",
    examples: [
      { name: "POST .../retry", path: { ...project, id: "1" }, status: 202 },
      { name: "POST .../retry: on its way", path: { ...project, id: "1" }, status: 409 },
    ],
  },
  {
    method: "DELETE",
    path: `${PATH}/{id}`,
    id: "removeNotificationRoute",
    group,
    title: "Remove a route",
    text: "Nothing more is sent through it; its log stays.",
    scope: "admin",
    answers: [{ status: 200, text: "Removed.", schema: RemovedRouteAnswer }],
    examples: [{ name: "DELETE .../notifications/{id}", path: { ...project, id: "1" }, status: 200 }],
  },
];
