import { readProject } from "@/lib/auth/access";
import { db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import { shiftsUrl } from "@/lib/urls/shifts";
import { isoOf } from "./points";

/** A filter of the list under a name. */
export type SavedFilterItem = {
  id: number;
  name: string;
  /** As it stands in the address: "?owner=me", or "" for the list as it comes. */
  query: string;
  /** The list with it: a path on this server. */
  href: string;
  createdBy: string;
  createdAt: string;
};

/** The filters that a project keeps, by name. */
export async function listSavedFilters(
  actor: Actor,
  slug: string,
): Promise<{ total: number; items: SavedFilterItem[]; next: null }> {
  const project = await readProject(actor, slug);
  const found = await rows<Omit<SavedFilterItem, "href">>(
    db(),
    `SELECT id, name, query, created_by AS "createdBy", ${isoOf("created_at")} AS "createdAt"
     FROM saved_filters WHERE project_id = $1 ORDER BY lower(name), id`,
    [project.id],
  );
  const items = found.map((one) => ({ ...one, href: `${shiftsUrl(project.slug)}${one.query}` }));
  return { total: items.length, items, next: null };
}
