import { beforeAll, describe, expect, test } from "vitest";
import { GET } from "./route";

// What scripts rely on, written down by hand: names may grow, these stay. Nothing here is taken from the schemas, so
// that the test fails when they drift, and when the description does.

type Schema = {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: boolean | Schema;
  enum?: string[];
  const?: string;
};
type Media = { content: Record<string, { schema: Schema }> };
type Operation = {
  "x-scope": string | null;
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: Media;
  responses: Record<string, Partial<Media>>;
};
type Served = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

/** Fields of an answer are always there, those of a body must be sent, unless a '?' follows. */
type Contract = {
  scope: string | null;
  status: number;
  query?: string;
  body?: string;
  answer: string;
  csv?: true;
};

const PROJECT = "/api/v1/projects/{project}";
const LIST = "total items next";
const RUN_BODY = `run run.key run.startedAt? run.finishedAt? run.url? run.experiment? run.variant? run.tags?
  commit commit.sha commit.committedAt? commit.branch? commit.parents? commit.pullRequest? commit.author? commit.subject?
  commit.mergeBase? environment environment.name environment.facts? components? results results[].workload
  results[].params? results[].version? results[].outcome results[].error? results[].failedRepeats? results[].control?
  results[].startedAt? results[].finishedAt? results[].links? results[].metrics? results[].metrics.*.values
  results[].metrics.*.unit? results[].metrics.*.better?`;
const SIDES = ["baseline", "contender"].map(
  (side) => `${side} rows[].${side}.value rows[].${side}.runs rows[].${side}.samples`,
);

const CONTRACTS: Record<string, Contract> = {
  "GET /api/v1/health": { scope: null, status: 200, answer: "status database worker version" },
  "GET /api/v1/projects": {
    scope: "read",
    status: 200,
    answer: `${LIST} items[].slug items[].name items[].repository items[].defaultBranch items[].visibility`,
  },
  "POST /api/v1/projects": {
    scope: "admin",
    status: 201,
    body: "slug name repository? defaultBranch? visibility?",
    answer: "slug name defaultBranch visibility",
  },
  [`POST ${PROJECT}/tokens`]: { scope: "admin", status: 201, body: "name scopes", answer: "secret name scopes" },
  [`POST ${PROJECT}/runs`]: {
    scope: "ingest",
    status: 201,
    query: "dryRun",
    body: RUN_BODY,
    answer: "stored stored[].key stored[].results stored[].samples",
  },
  [`GET ${PROJECT}/runs`]: { scope: "read", status: 200, query: "limit cursor", answer: `${LIST} items[].key` },
  [`GET ${PROJECT}/runs/{key}`]: { scope: "read", status: 200, answer: RUN_BODY },
  [`POST ${PROJECT}/commits`]: {
    scope: "ingest",
    status: 201,
    body: `branch commits commits[].sha commits[].committedAt commits[].parents commits[].pullRequest? commits[].author?
      commits[].subject?`,
    answer: "branch head commits created",
  },
  [`GET ${PROJECT}/commits`]: {
    scope: "read",
    status: 200,
    query: "branch limit cursor",
    answer: `${LIST} items[].sha items[].position items[].committedAt items[].parents`,
  },
  [`POST ${PROJECT}/releases`]: {
    scope: "ingest",
    status: 201,
    body: "releases releases[].tag releases[].sha releases[].releasedAt?",
    answer: "releases created",
  },
  [`GET ${PROJECT}/releases`]: { scope: "read", status: 200, answer: `${LIST} items[].tag items[].sha` },
  [`GET ${PROJECT}/analysis`]: { scope: "read", status: 200, answer: "pending analysedAt series" },
  [`GET ${PROJECT}/workloads`]: {
    scope: "read",
    status: 200,
    query: "environment branch limit cursor format",
    answer: `${LIST} items[].workload items[].params items[].metrics items[].metrics[].metric items[].metrics[].unit`,
    csv: true,
  },
  [`GET ${PROJECT}/series`]: {
    scope: "read",
    status: 200,
    query: "workload params metric environment branch samples format",
    answer: `unit better points points[].sha points[].position points[].committedAt points[].runs points[].n
      points[].value points[].min points[].max points[].samples? segments changepoints changepoints[].firstShifted
      changepoints[].lastGood changepoints[].before changepoints[].after changepoints[].change
      changepoints[].difference changepoints[].interval changepoints[].p changepoints[].shift changepoints[].state`,
    csv: true,
  },
  [`GET ${PROJECT}/shifts`]: {
    scope: "read",
    status: 200,
    query: "status direction state metric environment workload limit cursor format",
    answer: `${LIST} items[].number items[].url items[].direction items[].state items[].status items[].lastGood
      items[].firstShifted items[].commitsBetween items[].changepoints items[].changepoints[].workload
      items[].changepoints[].params items[].changepoints[].metric items[].changepoints[].environment
      items[].changepoints[].before items[].changepoints[].after items[].changepoints[].change
      items[].changepoints[].interval items[].changepoints[].p`,
    csv: true,
  },
  [`GET ${PROJECT}/shifts/{number}`]: { scope: "read", status: 200, answer: "number direction state status members" },
  [`GET ${PROJECT}/compare`]: {
    scope: "read",
    status: 200,
    query: "baseline contender! environment metric limit cursor format",
    answer: `summary summary.regressions summary.improvements summary.unchanged summary.inconclusive summary.missing
      total next rows rows[].workload rows[].params rows[].metric rows[].environment rows[].verdict rows[].change
      rows[].difference rows[].interval rows[].p rows[].q rows[].needsRuns ${SIDES.join(" ")}`,
    csv: true,
  },
};

/** Words that scripts compare with. */
const WORDS: [operation: string, where: string, words: string][] = [
  [`GET ${PROJECT}/series`, "better", "lower higher unknown"],
  [`GET ${PROJECT}/series`, "changepoints[].state", "provisional confirmed"],
  [`GET ${PROJECT}/shifts`, "items[].direction", "regression improvement mixed rose fell"],
  [`GET ${PROJECT}/shifts`, "items[].state", "provisional confirmed recovered withdrawn"],
  [`GET ${PROJECT}/shifts`, "items[].status", "new investigating accepted fixed infrastructure not_real"],
  [`GET ${PROJECT}/compare`, "rows[].verdict", "regression improvement unchanged inconclusive rose fell"],
];

let served: Served;
beforeAll(async () => {
  const response = await GET(new Request("http://tidemark.example/api/v1/openapi.json"));
  served = (await response.json()) as Served;
});

const operationOf = (name: string): Operation => {
  const [method = "", path = ""] = name.split(" ");
  const operation = served.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`${name} is not served`);
  return operation;
};

const words = (text: string) => text.split(/\s+/).filter(Boolean);

/** All the forms that a schema allows, references followed. */
function formsOf(schema: Schema): Schema[] {
  const named = schema.$ref?.replace("#/components/schemas/", "");
  if (named !== undefined) return formsOf(served.components.schemas[named] ?? {});
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(formsOf).concat(schema);
}

const ANY = "*";

/** The schemas of a field such as `items[].change`, and whether the field must be there. */
function findField(schema: Schema, where: string): { forms: Schema[]; isRequired: boolean } | null {
  let forms = formsOf(schema);
  let isRequired = false;
  for (const step of where.split(/\.|(?=\[\])/)) {
    const holders = forms.filter((form) => nextOf(form, step));
    if (holders.length === 0) return null;
    isRequired = holders.some(({ required }) => required?.includes(step));
    forms = holders.flatMap((form) => formsOf(nextOf(form, step) ?? {}));
  }
  return { forms, isRequired };
}

function nextOf({ items, additionalProperties, properties }: Schema, step: string): Schema | undefined {
  if (step === "[]") return items;
  if (step === ANY) return typeof additionalProperties === "object" ? additionalProperties : undefined;
  return properties?.[step];
}

/** What of `expected` is not in the schema, or not as required as it says. */
function missing(schema: Schema | undefined, expected: string): string[] {
  return words(expected).filter((word) => {
    const found = findField(schema ?? {}, word.replace("?", ""));
    return found === null || found.isRequired === word.endsWith("?");
  });
}

const jsonOf = (media: Partial<Media> | undefined) => media?.content?.["application/json"]?.schema;

describe("the served description keeps what scripts rely on", () => {
  test.each(Object.entries(CONTRACTS))("%s", (name, contract) => {
    const operation = operationOf(name);
    expect(operation["x-scope"]).toBe(contract.scope);
    const query = operation.parameters.filter((one) => one.in === "query");
    const names = query.map((one) => (one.required ? `${one.name}!` : one.name));
    expect(
      words(contract.query ?? "").filter((word) => !names.includes(word)),
      "query",
    ).toEqual([]);
    expect(missing(jsonOf(operation.requestBody), contract.body ?? ""), "body").toEqual([]);
    expect(missing(jsonOf(operation.responses[contract.status]), contract.answer), "answer").toEqual([]);
    if (contract.csv) expect(operation.responses[200]?.content).toHaveProperty(["text/csv"]);
  });

  test.each(WORDS)("the words of %s %s", (name, where, expected) => {
    const field = findField(jsonOf(operationOf(name).responses[200]) ?? {}, where);
    const found = (field?.forms ?? []).flatMap(({ enum: all = [] }) => all.map((word) => word.replace(" ", "_")));
    expect(found.sort()).toEqual(words(expected).sort());
  });

  test("errors are problems with status, code, detail and faults", () => {
    const problem = operationOf(`POST ${PROJECT}/runs`).responses[422]?.content?.["application/problem+json"];
    const fields = "status code title detail faults? faults[].path faults[].message faults[].document?";
    expect(missing(problem?.schema, fields)).toEqual([]);
  });

  test("POST .../runs takes a document, an array of them, or one per line", () => {
    const content = operationOf(`POST ${PROJECT}/runs`).requestBody?.content ?? {};
    expect(Object.keys(content)).toEqual(["application/json", "application/x-ndjson"]);
    expect(missing(content["application/json"]?.schema, "[].run.key run.key")).toEqual([]);
  });
});

test("a field that is renamed, or no longer always there, is missed", () => {
  const schema: Schema = { properties: { items: { items: { properties: { a: {}, b: {} }, required: ["a"] } } } };
  expect(missing(schema, "items? items[].a items[].b?")).toEqual([]);
  expect(missing(schema, "items[].b items[].c items[].a? total")).toEqual([
    "items[].b",
    "items[].c",
    "items[].a?",
    "total",
  ]);
});
