import type { JobHelpers } from "graphile-worker";
import { z } from "zod";
import { plural } from "@/lib/format/number";
import { DIGESTS } from "@/lib/model/notification";
import { deliverDigest, deliver as deliverOne, startDigests } from "@/lib/notify/deliver";
import { tell as tellProject } from "@/lib/notify/tell";
import { log } from "./log";

const Telling = z.object({ projectId: z.int().positive() });
const Delivering = z
  .object({ projectId: z.int().positive() })
  .and(z.union([z.object({ deliveryId: z.int() }), z.object({ routeId: z.int() })]));
const Digesting = z.object({ digest: z.enum(DIGESTS) });

/** Writes down what is to be told of a project's shifts. */
export async function tell(payload: unknown): Promise<void> {
  const { projectId } = Telling.parse(payload);
  const messages = await tellProject(projectId);
  if (messages > 0) log.info({ projectId, messages }, `${plural(messages, "message")} about shifts`);
}

/** Delivers one message, or the digest of a route; what fails for now is tried again by the queue. */
export async function deliver(payload: unknown, { job }: Pick<JobHelpers, "job">): Promise<void> {
  const what = Delivering.parse(payload);
  const isLast = job.attempts >= job.max_attempts;
  if ("deliveryId" in what) await deliverOne(what.projectId, what.deliveryId, isLast);
  else await deliverDigest(what.projectId, what.routeId, isLast);
}

/** Starts the digests that are due. */
export async function digest(payload: unknown): Promise<void> {
  await startDigests(Digesting.parse(payload).digest);
}
