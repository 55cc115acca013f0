import { z } from "zod";
import * as bodies from "@/ingest/schema";
import { Metric, MetricForms } from "@/ingest/schema";
import { ProjectChange, UserBody, UserChange } from "@/lib/auth/bodies";
import { CompareRowPart, SidePart } from "./answers/compare";
import { MemberPart, ProblemAnswer, ShiftSummaryPart } from "./answers/parts";
import { ProjectAnswer } from "./answers/projects";
import { ShiftChangepointPart, ShiftMemberPart, ShiftPart } from "./answers/shifts";
import { ChangepointPart, DrawnPointPart, OverviewShiftPart, PointPart, SegmentPart } from "./answers/trends";
import type { Schema } from "./types";

/** Schemas that stand under a name, once, instead of wherever they are used. */
const NAMED: readonly (readonly [name: string, schema: z.ZodType, io: "input" | "output"])[] = [
  ["Problem", ProblemAnswer, "output"],
  ["NewProject", bodies.ProjectBody, "input"],
  ["ProjectChange", ProjectChange, "input"],
  ["NewToken", bodies.TokenBody, "input"],
  ["NewUser", UserBody, "input"],
  ["UserChange", UserChange, "input"],
  ["RunDocument", bodies.RunDocument, "input"],
  ["CommitList", bodies.CommitListBody, "input"],
  ["Releases", bodies.ReleasesBody, "input"],
  ["Project", ProjectAnswer, "output"],
  ["Point", PointPart, "output"],
  ["DrawnPoint", DrawnPointPart, "output"],
  ["Segment", SegmentPart, "output"],
  ["Changepoint", ChangepointPart, "output"],
  ["Shift", ShiftPart, "output"],
  ["OverviewShift", OverviewShiftPart, "output"],
  ["ShiftSummary", ShiftSummaryPart, "output"],
  ["ShiftMember", ShiftMemberPart, "output"],
  ["ShiftChangepoint", ShiftChangepointPart, "output"],
  ["Member", MemberPart, "output"],
  ["Side", SidePart, "output"],
  ["CompareRow", CompareRowPart, "output"],
];
const names = new Map<unknown, string>(NAMED.map(([name, schema]) => [schema, name]));

const refOf = (name: string) => `#/components/schemas/${name}`;

/** The schema that a reference names, or the schema itself. */
export const resolved = (schema: Schema, named: Record<string, Schema>): Schema =>
  schema.$ref ? (named[schema.$ref.slice(refOf("").length)] ?? {}) : schema;

/** All named schemas. */
export const namedSchemas = (): Record<string, Schema> =>
  Object.fromEntries(NAMED.map(([name, schema, io]) => [name, convert(schema, io)]));

/** What clients send: unknown fields are refused. Named schemas become references. */
export const inputSchema = (schema: z.ZodType): Schema => referenceOf(schema) ?? convert(schema, "input");

/** What is answered: fields may be added. */
export const outputSchema = (schema: z.ZodType): Schema => referenceOf(schema) ?? convert(schema, "output");

function referenceOf(schema: z.ZodType): Schema | null {
  const name = names.get(schema);
  return name ? { $ref: refOf(name) } : null;
}

/** JSON Schema 2020-12, as OpenAPI 3.1 has it. */
function convert(schema: z.ZodType, io: "input" | "output"): Schema {
  const { $schema: _, ...converted } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema, path }) => {
      const name = names.get(zodSchema);
      const known: object | null = name && path.length > 0 ? { $ref: refOf(name) } : formsOf(zodSchema);
      if (known) replace(jsonSchema, known);
      else if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // Whole numbers of JavaScript: a bound that says nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return converted as Schema;
}

/** A metric is checked by code, for speed: its forms are said beside it. */
const formsOf = (schema: unknown): object | null =>
  schema === Metric ? { anyOf: convert(MetricForms, "input").anyOf } : null;

function replace(target: object, content: object): void {
  for (const key of Object.keys(target)) delete (target as Record<string, unknown>)[key];
  Object.assign(target, content);
}
