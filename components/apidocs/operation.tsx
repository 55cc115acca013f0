import type { ReactNode } from "react";
import { readable } from "@/lib/openapi/curl";
import { typeOf } from "@/lib/openapi/fields";
import type { Listed } from "@/lib/openapi/search";
import type { Media, Operation, Parameter, Schema } from "@/lib/openapi/types";
import { Code, Command } from "./code";
import { Fields, Told } from "./fields";
import { Fold } from "./fold";
import { Verb } from "./verb";

type Props = Listed & {
  named: Record<string, Schema>;
  /** The page that has the fields of the answer; null: this one. */
  fieldsAt: string | null;
  /** Are they shown at once? */
  isOpen: boolean;
};

/** One endpoint: what it takes and answers at the left, commands with their answers at the right. */
export function OperationPart({ method, path, operation, named, fieldsAt, isOpen }: Props) {
  const { operationId: id, summary, description, parameters, requestBody, responses } = operation;
  const body = requestBody?.content["application/json"];
  return (
    <article aria-labelledby={id} className="border-t border-line pt-5 pb-8">
      <h3 id={id} className="scroll-mt-4 text-section font-semibold">
        <a href={`#${id}`} className="hover:underline">
          {summary}
        </a>
      </h3>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Verb method={method} />
        <code className="font-mono text-label [overflow-wrap:anywhere]">{path}</code>
        <span className="text-label text-ink-3">{scopeWords(path, operation)}</span>
      </p>
      <p className="mt-2 max-w-[76ch] text-read text-pretty text-ink-2">{description}</p>
      <div className="mt-3 grid gap-x-8 gap-y-4 md:grid-cols-2">
        <div className="min-w-0 space-y-4">
          <Parameters id={id} parameters={parameters} />
          {body && (
            <Part title="Body" note={requestBody?.description}>
              <Fields label={`Body of ${id}`} schema={body.schema} named={named} sent />
            </Part>
          )}
          <Answers id={id} responses={responses} named={named} fieldsAt={fieldsAt} isOpen={isOpen} />
          <Errors responses={responses} />
        </div>
        <Examples operation={operation} />
      </div>
    </article>
  );
}

function scopeWords(path: string, { "x-scope": scope }: Operation): string {
  if (scope !== null && scope !== "read") return `scope ${scope}`;
  return path.includes("{project}") ? "scope read; none for a public project" : "no token needed";
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <div>
      <h4 className="mb-1 font-medium">{title}</h4>
      {note && <p className="mb-2 text-ink-3">{note}</p>}
      {children}
    </div>
  );
}

function Parameters({ id, parameters }: { id: string; parameters: Parameter[] }) {
  if (parameters.length === 0) return null;
  return (
    <Part title="Parameters">
      <Told
        label={`Parameters of ${id}`}
        head="Name"
        rows={parameters.map(({ name, in: where, required, description, schema }) => ({
          key: name,
          name: where === "path" ? `{${name}}` : name,
          mark: required && where === "query" ? "needed" : null,
          type: `${typeOf(schema)}${schema.default === undefined ? "" : `; ${schema.default} when left out`}`,
          text: description,
        }))}
      />
    </Part>
  );
}

type Responses = Operation["responses"];

const isGood = ([status]: [string, unknown]) => status.startsWith("2");
/** Health tells its failure in the form of its success. */
const isTold = (all: Responses) => Object.entries(all).filter((one) => isGood(one) || jsonOf(one[1].content));
const jsonOf = (content: Record<string, Media> | undefined) => content?.["application/json"];

/** What comes back. The forms of two statuses are the same: they are told once. */
function Answers({
  id,
  responses,
  named,
  fieldsAt,
  isOpen,
}: { id: string; responses: Responses } & Pick<Props, "named" | "fieldsAt" | "isOpen">) {
  const told = isTold(responses);
  const schema = told.map(([, { content }]) => jsonOf(content)?.schema).find(Boolean);
  const csv = told.map(([, { content }]) => content?.["text/csv"]?.schema.description).find(Boolean);
  return (
    <Part title="Answer">
      <ul className="text-ink-2">
        {told.map(([status, { description }]) => (
          <li key={status}>
            <b className="font-medium">{status}</b> {description}
          </li>
        ))}
        {csv && <li>As CSV. {csv}</li>}
      </ul>
      {schema && fieldsAt !== null && (
        <p className="mt-1">
          <a href={`${fieldsAt}#${id}`} className="link">
            Fields of the answer
          </a>
        </p>
      )}
      {schema && fieldsAt === null && (
        <Fold title="Fields of the answer" className="mt-1" isOpen={isOpen}>
          <Fields label={`Answer of ${id}`} schema={schema} named={named} />
        </Fold>
      )}
    </Part>
  );
}

function Errors({ responses }: { responses: Responses }) {
  const errors = Object.entries(responses).filter(([, { content }]) => !jsonOf(content));
  if (errors.length === 0) return null;
  return (
    <Part title="Otherwise">
      <dl className="grid grid-cols-[auto_1fr] gap-x-2">
        {errors.map(([status, { description }]) => (
          <div key={status} className="contents">
            <dt className="font-medium text-ink-2">{status}</dt>
            <dd className="text-ink-3">{description}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

/** The first one open; each with what it was answered. */
function Examples({ operation }: { operation: Operation }) {
  const [first, ...others] = operation["x-codeSamples"];
  return (
    <div className="min-w-0 space-y-2">
      {first && <ExamplePart operation={operation} {...first} />}
      {others.map((sample) => (
        <Fold key={sample.label} title={sample.label.replace(/^.*?: /, "Example: ")}>
          <ExamplePart operation={operation} {...sample} />
        </Fold>
      ))}
    </div>
  );
}

/** Lines of an answer that are shown at once; a longer one is opened by hand. */
const SHOWN_LINES = 30;

function ExamplePart({ operation, label, source }: { operation: Operation; label: string; source: string }) {
  const answer = answerOf(operation.responses, label);
  if (!answer) return <Command label={label}>{source}</Command>;
  const text = typeof answer.value === "string" ? answer.value : readable(answer.value);
  const lines = text.split("\n").length;
  return (
    <div className="space-y-2">
      <Command label={label}>{source}</Command>
      {lines <= SHOWN_LINES ? (
        <div>
          <p className="mb-1 text-label text-ink-3">answers {answer.status}</p>
          <Code>{text}</Code>
        </div>
      ) : (
        <Fold title={`answers ${answer.status}, ${lines} lines`}>
          <Code>{text}</Code>
        </Fold>
      )}
    </div>
  );
}

function answerOf(responses: Responses, label: string): { status: string; value: unknown } | null {
  for (const [status, { content = {} }] of Object.entries(responses))
    for (const { examples } of Object.values(content)) {
      const found = examples?.[label];
      if (found) return { status, value: found.value };
    }
  return null;
}
