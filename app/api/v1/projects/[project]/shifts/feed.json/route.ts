import { feedRoute } from "@/app/api/v1/feedRoute";

/** The shifts of a project as a JSON Feed. */
export const GET = feedRoute("json");
