import type { TaskList } from "graphile-worker";
import { analyse } from "./analyse";

/** Every kind of job by its name in the queue. */
export const taskList: TaskList = { analyse };
