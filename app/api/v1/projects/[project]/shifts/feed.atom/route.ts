import { feedRoute } from "@/app/api/v1/feedRoute";

/** The shifts of a project as Atom. */
export const GET = feedRoute("atom");
