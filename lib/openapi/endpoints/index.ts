import type { Endpoint } from "../types";
import { corrections } from "./corrections";
import { detector } from "./detector";
import { notifications } from "./notifications";
import { people } from "./people";
import { projects, server } from "./projects";
import { reading } from "./reading";
import { releases } from "./releases";
import { sending } from "./sending";
import { sharing } from "./sharing";
import { comparison, shifts, trends } from "./trends";
import { triage } from "./triage";

/** Every endpoint under /api/v1, in the order of the document. A test holds it against the routes, both ways. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...server,
  ...projects,
  ...people,
  ...sending,
  ...reading,
  ...trends,
  ...shifts,
  ...releases,
  ...triage,
  ...notifications,
  ...sharing,
  ...comparison,
  ...corrections,
  ...detector,
];
