/** Every read of a project starts here: the project, if the caller may read it. */
export { type ProjectRow as ProjectHead, readProject as readableProject } from "@/lib/auth/access";
