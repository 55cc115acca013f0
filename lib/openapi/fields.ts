import type { Schema } from "./types";

/** One field of a body or an answer, as a row of a table. */
export type Field = {
  /** Names of the objects around it and its own: unique. */
  path: string;
  /** Levels of objects around it. */
  depth: number;
  name: string;
  type: string;
  /** Named schemas that its type mentions. */
  refs: string[];
  isRequired: boolean;
  text: string;
};

const PREFIX = "#/components/schemas/";
const nameOf = (schema: Schema): string | null => schema.$ref?.slice(PREFIX.length) ?? null;

/**
 * The fields of a schema, those of inner objects below them. A named schema at the root is opened; one inside is told by
 * its name, since it is described once elsewhere.
 */
export function fieldsOf(schema: Schema, named: Record<string, Schema>): Field[] {
  const opened = openedOf(schema, named);
  return [...new Map(below(opened, "", 0).map((field) => [field.path, field])).values()];
}

/** What the root stands for: a document where there may be many, the schema where there is a name. */
function openedOf(schema: Schema, named: Record<string, Schema>): Schema {
  const [one] = schema.oneOf ?? [schema];
  const name = one && nameOf(one);
  return (name ? named[name] : one) ?? {};
}

function below(schema: Schema, path: string, depth: number): Field[] {
  return [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((form) => {
    if (form.items) return nameOf(form.items) === null ? below(form.items, path, depth) : [];
    const { properties = {}, required = [], additionalProperties } = form;
    const own = Object.entries(properties).flatMap(([name, inner]) =>
      fieldOf({ name, path: `${path}.${name}`, isRequired: required.includes(name), depth }, inner),
    );
    if (typeof additionalProperties !== "object" || !isDeep(additionalProperties)) return own;
    const free = { name: "{name}", path: `${path}.{name}`, isRequired: true, depth };
    return [...own, ...fieldOf(free, additionalProperties)];
  });
}

/** Is there more to say of it than its type? */
const isDeep = (schema: Schema): boolean =>
  [schema, ...(schema.anyOf ?? [])].some(({ properties, items }) => properties !== undefined || items?.properties);

function fieldOf(place: Pick<Field, "name" | "path" | "isRequired" | "depth">, schema: Schema): Field[] {
  const field = { ...place, type: typeOf(schema), refs: refsOf(schema), text: schema.description ?? "" };
  return [field, ...(nameOf(schema) === null ? below(schema, place.path, place.depth + 1) : [])];
}

function refsOf(schema: Schema): string[] {
  const own = nameOf(schema);
  if (own !== null) return [own];
  return [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((inner) =>
    inner ? refsOf(inner) : [],
  );
}

/** The type in words: `list of text, 1 to 100`, `text or null`. */
export function typeOf(schema: Schema): string {
  const name = nameOf(schema);
  if (name !== null) return name;
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return [...new Set(forms.map(typeOf))].join(" or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((word) => String(word)).join(" | ");
  if (schema.type === "array") return arrayType(schema);
  if (schema.type === "object") return objectType(schema);
  const limits = limitsOf(schema);
  return `${simpleType(schema)}${limits && `, ${limits}`}`;
}

function arrayType({ prefixItems, items, minItems, maxItems }: Schema): string {
  if (prefixItems) return `[${prefixItems.map(typeOf).join(", ")}]`;
  const limits = rangeOf(minItems, maxItems);
  return `${items ? listOf(items) : "list"}${limits && `, ${limits}`}`;
}

const PLURALS: Record<string, string> = {
  text: "texts",
  time: "times",
  number: "numbers",
  object: "objects",
  link: "links",
};

function listOf(items: Schema): string {
  const [bare = "", ...limits] = typeOf(items).split(", ");
  return `list of ${[PLURALS[bare] ?? bare, ...limits].join(", ")}`;
}

function objectType({ properties, additionalProperties }: Schema): string {
  if (properties || typeof additionalProperties !== "object" || Object.keys(additionalProperties).length === 0)
    return "object";
  return isDeep(additionalProperties) ? "object by name" : `${typeOf(additionalProperties).replace(/,.*/, "")} by name`;
}

function simpleType({ type, format }: Schema): string {
  if (format === "date-time") return "time";
  if (format === "uri") return "link";
  const words: Record<string, string> = {
    string: "text",
    integer: "whole number",
    number: "number",
    boolean: "true | false",
  };
  return words[String(type)] ?? (type === undefined ? "any" : String(type));
}

function limitsOf({ type, minimum, maximum, minLength, maxLength }: Schema): string {
  if (type === "string") {
    const length = rangeOf(minLength, maxLength);
    return length && `${length} characters`;
  }
  return rangeOf(minimum, maximum === 2_147_483_647 ? undefined : maximum);
}

const count = (value: number) => value.toLocaleString("en");

function rangeOf(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return `${count(least)} to ${count(most)}`;
  if (most !== undefined) return `at most ${count(most)}`;
  return least !== undefined && least > 0 ? `from ${count(least)}` : "";
}
