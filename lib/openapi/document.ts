import { COOKIE_PREFIX } from "@/lib/auth/cookie";
import type { Json } from "@/lib/model/words";
import { ProblemAnswer } from "./answers/parts";
import { curl, LINES } from "./curl";
import { ENDPOINTS } from "./endpoints";
import { errorsOf, errorText } from "./errors";
import recorded from "./examples.json";
import { inputSchema, namedSchemas, outputSchema, resolved } from "./jsonSchema";
import {
  type Answer,
  type Endpoint,
  type Example,
  GROUPS,
  type Group,
  type Media,
  type Method,
  type OpenApi,
  type Operation,
  type Parameter,
  type Response,
  type Schema,
} from "./types";

const PROBLEM = "application/problem+json";

const ABOUT = `Everything under /api/v1 speaks JSON. Reads of public projects need no token; everything else needs
\`Authorization: Bearer tm_...\` with the scope that is named, or the session of somebody who signed in. Field names stay;
new ones may be added. Errors are ${PROBLEM}. Lists answer total, items and next. An unknown query parameter or
body field is refused. Every GET has an ETag, and is 304 with If-None-Match while nothing changed. Times are UTC.`;

const PATH_PARTS: Record<string, { text: string; schema: Schema }> = {
  project: { text: "Slug of the project.", schema: { type: "string" } },
  key: { text: "Key of the run.", schema: { type: "string" } },
  number: { text: "Number of the shift.", schema: { type: "integer", minimum: 1 } },
  batch: {
    text: "What one change of shifts is called, as its answer says.",
    schema: { type: "string", format: "uuid" },
  },
  id: { text: "Its number in the list.", schema: { type: "integer", minimum: 1 } },
};

/** What all parts of the document need: the server's address, the named schemas, the recorded answers. */
type Known = { origin: string; schemas: Record<string, Schema>; answers: Record<string, Json> };

/** The description of the API as OpenAPI 3.1. `origin`: where people reach this server; `version`: that of Tidemark. */
export function describeApi(origin: string, version: string): OpenApi {
  const schemas = namedSchemas();
  const known: Known = { origin, schemas, answers: answersAt(origin) };
  const paths: OpenApi["paths"] = {};
  for (const endpoint of ENDPOINTS) {
    const method = endpoint.method.toLowerCase() as Lowercase<Method>;
    paths[endpoint.path] = { ...paths[endpoint.path], [method]: operationOf(endpoint, known) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Tidemark", version, description: ABOUT.replaceAll("\n", " ") },
    servers: [{ url: origin }],
    tags: Object.entries(GROUPS).map(([name, description]) => ({ name: name as Group, description })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A token with scopes: read, ingest, triage, admin." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: `${COOKIE_PREFIX}.session_token`,
          description: "Somebody who signed in. Writes are taken from pages of this server only.",
        },
      },
    },
  };
}

function operationOf(endpoint: Endpoint, known: Known): Operation {
  const { id, group, title, text, scope, examples } = endpoint;
  const needs = scope === null || scope === "read" ? [] : [scope];
  return {
    operationId: id,
    tags: [group],
    summary: title,
    description: text,
    security: scope === null ? [] : [...(scope === "read" ? [{}] : []), { token: needs }, { session: [] }],
    "x-scope": scope,
    parameters: [...pathParameters(endpoint), ...queryParameters(endpoint, known)],
    ...(endpoint.body && { requestBody: requestBody(endpoint, endpoint.body) }),
    responses: responsesOf(endpoint, known),
    "x-codeSamples": examples.map((example) => ({
      lang: "Shell",
      label: example.name,
      source: curl(endpoint, example, known.origin),
    })),
  };
}

function pathParameters({ path }: Endpoint): Parameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => {
    const part = PATH_PARTS[name];
    if (!part) throw new Error(`The part {${name}} of ${path} is not described.`);
    return { name, in: "path", required: true, description: part.text, schema: part.schema };
  });
}

function queryParameters({ query }: Endpoint, { schemas }: Known): Parameter[] {
  if (!query) return [];
  const { properties = {}, required = [] } = resolved(inputSchema(query), schemas);
  return Object.entries(properties).map(([name, { description = "", ...schema }]) => ({
    name,
    in: "query",
    required: required.includes(name),
    description,
    schema: withoutNull(schema),
  }));
}

/** An address cannot hold null, and an empty parameter stands for none. */
function withoutNull({ anyOf, ...schema }: Schema): Schema {
  const { default: preset, ...rest } = schema;
  const kept = preset === null || preset === "" ? rest : schema;
  const forms = anyOf?.filter((form) => form.type !== "null" && form.const !== "");
  const [only, ...others] = forms ?? [];
  return only && others.length === 0 ? { ...kept, ...only } : { ...kept, ...(forms && { anyOf: forms }) };
}

function requestBody({ many, large, examples }: Endpoint, body: NonNullable<Endpoint["body"]>) {
  const schema = inputSchema(body);
  const sent = (isLines: boolean) =>
    examplesOf(
      examples.filter(({ lines, body: one }) => (isLines ? lines : one) !== undefined),
      ({ lines, body: one }) => (isLines ? `${lines?.map((line) => JSON.stringify(line)).join("\n")}\n` : one),
    );
  const content: Record<string, Media> = {
    "application/json": {
      schema: many ? { oneOf: [schema, { type: "array", items: schema, minItems: 1, maxItems: 10_000 }] } : schema,
      ...sent(false),
    },
  };
  if (many) content[LINES] = { schema: { type: "string", description: "One document per line." }, ...sent(true) };
  const limit = large ? "at most 64 MiB unpacked" : "at most 1 MiB";
  const description = `JSON in UTF-8, plain or with Content-Encoding: gzip, ${limit}. Unknown fields are refused.`;
  return { required: true as const, description, content };
}

function responsesOf(endpoint: Endpoint, known: Known): Record<string, Response> {
  const responses: Record<string, Response> = {};
  for (const answer of endpoint.answers) responses[answer.status] = responseOf(endpoint, answer, known);
  if (endpoint.method === "GET" && endpoint.scope !== null)
    responses[304] = { description: "As with the ETag in If-None-Match: nothing changed. No body." };
  for (const status of errorsOf(endpoint)) {
    const examples = recordedOf(endpoint, known, status);
    responses[status] = {
      description: errorText(endpoint, status),
      content: { [PROBLEM]: { schema: outputSchema(ProblemAnswer), ...examples } },
      ...(status === 503 && {
        headers: { "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" } } },
      }),
    };
  }
  return responses;
}

function responseOf(endpoint: Endpoint, { status, text, schema, csv, media }: Answer, known: Known): Response {
  const isCsv = (example: Example) => example.query?.format === "csv";
  return {
    description: text,
    ...(status === 200 &&
      endpoint.method === "GET" &&
      endpoint.scope !== null && {
        headers: { ETag: { description: "Of this very answer.", schema: { type: "string" } } },
      }),
    content: {
      [media ?? "application/json"]: {
        schema: outputSchema(schema),
        ...recordedOf(endpoint, known, status, (example) => !isCsv(example)),
      },
      ...(csv && {
        "text/csv": {
          schema: { type: "string", description: `Columns: ${csv.join(", ")}.` },
          ...recordedOf(endpoint, known, status, isCsv),
        },
      }),
    },
  };
}

/** The answers were recorded at this address. */
const RECORDED_AT = "http://127.0.0.1:3000";

function answersAt(origin: string): Record<string, Json> {
  const address = JSON.stringify(origin).slice(1, -1);
  return JSON.parse(JSON.stringify(recorded).replaceAll(RECORDED_AT, address)) as Record<string, Json>;
}

/** What the examples with this status were answered, as a test recorded it. */
function recordedOf(
  { examples }: Endpoint,
  { answers }: Known,
  status: number,
  isMeant: (example: Example) => boolean = () => true,
) {
  const meant = examples.filter((one) => one.status === status && isMeant(one) && answers[one.name] !== undefined);
  return examplesOf(meant, ({ name }) => answers[name]);
}

function examplesOf(examples: Example[], shown: (example: Example) => Json | undefined): Pick<Media, "examples"> {
  if (examples.length === 0) return {};
  return {
    examples: Object.fromEntries(
      examples.map((example) => [example.name, { summary: example.name, value: shown(example) ?? null }]),
    ),
  };
}
