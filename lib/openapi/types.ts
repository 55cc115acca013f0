import type { z } from "zod";
import type { Json, Scope } from "@/lib/model/words";

export const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** What endpoints are grouped by, in the order of the document. */
export const GROUPS = {
  Server: "Is it up, and what does it offer.",
  Projects: "Projects and the tokens that may write to them.",
  People: "Accounts of people who sign in. Needs a token that is valid for all projects, or a signed-in admin.",
  "Sending results": "What test clusters post. Safe to send again, all or nothing, and kept after the 201.",
  "Runs, commits, releases": "What was sent.",
  Trends: "What the analysis made of it: levels, noise, changepoints.",
  Shifts: "The changepoints that one range of commits explains: what people triage, link and discuss.",
  Triage: "What people decide of shifts: status, owner, due day, notes, and what that says of the alerts.",
  Notifications: "Whom to tell of which shifts, and what became of each message.",
  Sharing: "What leaves the server: pictures, Markdown, feeds, badges, and the links that open them.",
  Releases: "Can it ship: the report of a release, who decided, and the gate.",
  Comparison: "A/B over all cases, with one verdict per row.",
  "Events and corrections": "What people know and the data do not say: notes, borders, bad runs, missed shifts.",
} as const;
export type Group = keyof typeof GROUPS;

/** A request that works when all of the document before it was sent; a test sends them all. */
export type Example = {
  /** Names it in the document and in the recorded answers: `POST /projects: taken`. */
  name: string;
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Json;
  /** Sent as one document per line. */
  lines?: Json[];
  status: number;
};

/** One answer of an endpoint. */
export type Answer = {
  status: number;
  text: string;
  schema: z.ZodType;
  /** Columns, where `?format=csv` gives a table. */
  csv?: readonly string[];
  /** Content type of an answer that is not JSON; the schema is then that of a text. */
  media?: string;
};

export type Endpoint = {
  method: Method;
  /** With parts in braces: `/api/v1/projects/{project}/runs`. */
  path: string;
  /** operationId: unique, stays. */
  id: string;
  group: Group;
  title: string;
  text: string;
  /** null: neither token nor project is looked at. */
  scope: Scope | null;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Takes an array of bodies, or one per line, too. */
  many?: boolean;
  /** Bodies may be gzip, and up to 64 MiB unpacked; others are at most 1 MiB. */
  large?: boolean;
  answers: Answer[];
  /** Why it may answer 409. */
  conflict?: string;
  examples: Example[];
};

/** A JSON Schema, as far as it is read here. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  pattern?: string;
  enum?: Json[];
  const?: Json;
  default?: Json;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
};

export type Parameter = {
  name: string;
  in: "path" | "query";
  required: boolean;
  description: string;
  schema: Schema;
};

type NamedExample = { summary: string; value: Json };
export type Media = { schema: Schema; examples?: Record<string, NamedExample> };
export type Response = {
  description: string;
  headers?: Record<string, { description: string; schema: Schema }>;
  content?: Record<string, Media>;
};
export type CodeSample = { lang: string; label: string; source: string };
type Security = Record<string, string[]>;

export type Operation = {
  operationId: string;
  tags: [Group];
  summary: string;
  description: string;
  security: Security[];
  /** What the caller needs; null: nothing. */
  "x-scope": Scope | null;
  parameters: Parameter[];
  requestBody?: { required: true; description: string; content: Record<string, Media> };
  responses: Record<string, Response>;
  /** A command for each example. */
  "x-codeSamples": CodeSample[];
};

/** The document, as far as it is read here. */
export type OpenApi = {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: Group; description: string }[];
  paths: Record<string, Partial<Record<Lowercase<Method>, Operation>>>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: Record<string, Record<string, string>>;
  };
};
