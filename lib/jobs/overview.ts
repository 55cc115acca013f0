import { z } from "zod";
import { storeOverview } from "@/lib/stored/overview";

const Payload = z.object({ projectId: z.int().positive() });

/** Computes the overview of a project anew, after something was written that it may show. */
export async function overview(payload: unknown): Promise<void> {
  const { projectId } = Payload.parse(payload);
  await storeOverview(projectId);
}
