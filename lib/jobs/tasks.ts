import type { TaskList } from "graphile-worker";
import { analyse } from "./analyse";
import { deliver, digest, tell } from "./notify";
import { overview } from "./overview";

/** Every kind of job by its name in the queue. */
export const taskList: TaskList = { analyse, overview, tell, deliver, digest };

/**
 * Jobs that the clock adds, in UTC: digests in the morning, those of a week on Mondays. One worker of several adds them; one that
 * was down at that time adds them when it is back within 12 hours.
 */
export const crontab = `
0 6 * * * digest ?id=daily&fill=12h {digest:"daily"}
0 6 * * 1 digest ?id=weekly&fill=12h {digest:"weekly"}
`;
