import type { Method, OpenApi, Operation, Schema } from "./types";

/** An operation with its address, as a page lists it. */
export type Listed = {
  method: Method;
  path: string;
  operation: Operation;
  /** All that a search looks at, in lower case. */
  words: string;
};

/** All operations of the document, in its order. */
export const operationsOf = ({ paths, components }: OpenApi): Listed[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, operation]) => {
      const method = name.toUpperCase() as Method;
      const words = [method, path, ...wordsOf(operation, components.schemas)].join(" ").toLowerCase();
      return { method, path, operation, words };
    }),
  );

/** Those that hold every word of `text`: in address, title, text, scope, or a name of a parameter or field. */
export function matching(all: readonly Listed[], text: string | null): Listed[] {
  const wanted = (text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ words }) => wanted.every((word) => words.includes(word)));
}

function wordsOf(operation: Operation, named: Record<string, Schema>): string[] {
  const { summary, description, tags, parameters, requestBody, responses } = operation;
  const good = Object.entries(responses).flatMap(([status, one]) => (status.startsWith("2") ? [one.content] : []));
  const media = [requestBody?.content, ...good].flatMap((content) => Object.entries(content ?? {}));
  return [
    summary,
    description,
    operation["x-scope"] ?? "",
    ...tags,
    ...parameters.map(({ name }) => name),
    ...media.map(([type]) => type),
    ...namesIn(
      media.map(([, { schema }]) => schema),
      named,
    ),
  ];
}

/** Names of all fields, also inside of named schemas. */
function namesIn(schemas: Schema[], named: Record<string, Schema>): Set<string> {
  const names = new Set<string>();
  const seen = new Set<Schema>();
  const visit = (schema: unknown): void => {
    if (schema === null || typeof schema !== "object" || seen.has(schema)) return;
    seen.add(schema);
    const { $ref, properties = {} } = schema as Schema;
    for (const name of Object.keys(properties)) names.add(name);
    if ($ref) visit(named[$ref.split("/").at(-1) ?? ""]);
    for (const inner of Object.values(schema)) visit(inner);
  };
  for (const schema of schemas) visit(schema);
  return names;
}
