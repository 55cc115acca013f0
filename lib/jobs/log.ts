import pino from "pino";
import { config } from "@/lib/config";

/** Log of what jobs do: JSON lines on stdout. */
export const log = pino({ name: "jobs", level: config.logLevel() });
