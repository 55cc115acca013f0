import type { AnalysedFacts } from "@/components/frame/analysed";
import type { Actor } from "@/lib/model/actor";
import { readAnalysis } from "@/lib/queries/analysis";

/** What an empty list rests on; null where the list has rows, which speak for themselves. */
export async function analysedOf(actor: Actor, slug: string, rows: number): Promise<AnalysedFacts | null> {
  if (rows > 0) return null;
  const { series, analysedAt, pending } = await readAnalysis(actor, slug);
  return { series, at: analysedAt, pending, newest: null };
}
