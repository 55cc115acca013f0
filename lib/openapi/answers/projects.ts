import { z } from "zod";
import type { RevokedToken } from "@/lib/commands/revokeToken";
import { ROLES, SCOPES, VISIBILITIES } from "@/lib/model/words";
import type { AnalysisState } from "@/lib/queries/analysis";
import type { ProjectItem } from "@/lib/queries/project";
import type { Health } from "@/lib/queries/serverHealth";
import type { TokenItem } from "@/lib/queries/tokens";
import type { UserItem } from "@/lib/queries/users";
import { count, pageOf, time } from "./parts";

const works = z.enum(["ok", "down"]);
const id = z.int().min(1);
const visibility = z.enum(VISIBILITIES);
const scopes = z.array(z.enum(SCOPES));
const role = z.enum(ROLES);

export const HealthAnswer = z.strictObject({
  status: works,
  database: works,
  worker: works.describe("ok while a worker is connected to the database."),
  version: z.string(),
}) satisfies z.ZodType<Health & { version: string }>;

/** The description describes itself by its frame only: the rest is OpenAPI's own matter. */
export const OpenApiAnswer = z.looseObject({
  openapi: z.literal("3.1.0"),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.looseObject({})),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

export const ProjectAnswer = z.strictObject({
  slug: z.string(),
  name: z.string(),
  repository: z.string().nullable(),
  defaultBranch: z.string(),
  visibility,
  analysedAt: time.nullable().describe("When the analysis last did something; null: not yet."),
  createdAt: time,
}) satisfies z.ZodType<ProjectItem>;
export const ProjectsAnswer = pageOf(ProjectAnswer);

export const CreatedProjectAnswer = z.strictObject({
  slug: z.string(),
  name: z.string(),
  repository: z.string().optional(),
  defaultBranch: z.string(),
  visibility,
});

export const ChangedProjectAnswer = z.strictObject({ slug: z.string(), name: z.string(), visibility });

export const CreatedTokenAnswer = z.strictObject({
  id,
  name: z.string(),
  scopes,
  defaultBranch: z.boolean(),
  hint: z.string().describe("Its last characters."),
  secret: z.string().describe("The token itself: told here, and never again."),
});

export const TokensAnswer = pageOf(
  z.strictObject({
    id,
    name: z.string(),
    hint: z.string().describe("Its last characters."),
    scopes,
    defaultBranch: z.boolean().describe("false: may not write for the default branch."),
    createdBy: z.string(),
    createdAt: time,
    lastUsedAt: time.nullable().describe("Exact to a minute."),
    revokedAt: time.nullable(),
  }) satisfies z.ZodType<TokenItem>,
);

export const RevokedTokenAnswer = z.strictObject({
  id,
  name: z.string(),
  revokedAt: time,
}) satisfies z.ZodType<RevokedToken>;

const person = { id, email: z.string(), name: z.string(), role };
const disabledAt = time.nullable().describe("Not null: may not sign in.");

export const UsersAnswer = pageOf(
  z.strictObject({
    ...person,
    createdAt: time,
    disabledAt,
    invitedUntil: time.nullable().describe("Not null: a link was given out that is good until then."),
    hasPassword: z.boolean().describe("false: has to use the link first."),
  }) satisfies z.ZodType<UserItem>,
);

export const InvitationAnswer = z.strictObject({
  ...person,
  expiresAt: time,
  link: z.url().describe("Sets a password, once. No mail is sent: pass it on."),
});

export const ChangedUserAnswer = z.strictObject({ ...person, disabledAt });

export const AnalysisAnswer = z.strictObject({
  pending: count.describe("Bodies that are stored and not analysed yet; 0: every posted run has been."),
  analysedAt: time.nullable(),
  series: count.describe("Series of the default branch that have been analysed."),
}) satisfies z.ZodType<AnalysisState>;
