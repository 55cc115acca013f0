import { analyse } from "../../analysis";
import { around, post } from "../../analysis/testing/history";
import { RouteBody } from "../../commands/notificationBodies";
import { addRoute } from "../../commands/notificationRoutes";
import { db, row, rows } from "../../db/sql";
import { appendCommits, createTestProject, type TestProject } from "../../db/testing/project";
import { SYSTEM } from "../../model/actor";

/** A project whose commits are measured one by one; the history has a step that is confirmed as #1. */
export type Shifted = TestProject & { commits: number[] };

/** 20 commits at 10 s, then 10 at 12 s, analysed; more commits are there to measure. Nobody was told yet. */
export async function shifted(): Promise<Shifted> {
  const project = await createTestProject();
  const commits = await appendCommits(project, 60);
  await measure({ ...project, commits }, 0, [...around(10, 20), ...around(12, 10)]);
  return { ...project, commits };
}

/** Measures the commits from this place on, and analyses. */
export async function measure(project: Shifted, from: number, values: number[][]): Promise<void> {
  await post(project, project.commits.slice(from, from + values.length), values);
  await analyse(project.id);
}

/** Makes a route as a person would; gives its id. */
export async function route(project: TestProject, url: string, more: object = {}): Promise<number> {
  const body = { name: "hook", channel: "webhook", target: { url }, maxAgeDays: null, ...more };
  return (await addRoute(SYSTEM, project.slug, RouteBody.parse(body))).id;
}

export type LoggedDelivery = {
  kind: string;
  state: string;
  attempts: number;
  error: string | null;
  tries: (number | null)[];
};

/** The delivery log of a route, the oldest first; `tries`: the status of each. */
export const deliveries = (project: TestProject, routeId: number): Promise<LoggedDelivery[]> =>
  rows<LoggedDelivery>(
    db(),
    `select m.kind, d.state, d.attempts, d.last_error as error,
            array(select a.status from notification_attempts a
                   where a.project_id = $1 and a.delivery_id = d.id order by a.id) as tries
       from notification_deliveries d join notification_messages m on m.project_id = $1 and m.id = d.message_id
      where d.project_id = $1 and d.route_id = $2 order by d.id`,
    [project.id, routeId],
  );

/** How many messages were written down, told to somebody or not. */
export async function messages(project: TestProject): Promise<number> {
  const found = await row<{ many: number }>(
    db(),
    "select count(*)::int as many from notification_messages where project_id = $1",
    [project.id],
  );
  return found?.many ?? 0;
}
