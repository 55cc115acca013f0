import type { ReactNode } from "react";
import { Cell, Head, Table } from "@/components/ui/table";
import { type Field, fieldsOf } from "@/lib/openapi/fields";
import type { Schema } from "@/lib/openapi/types";

const STEP = 14;

type Props = {
  label: string;
  schema: Schema;
  named: Record<string, Schema>;
  /** Of a body, those that must be sent are marked; of an answer, those that are not always there. */
  sent?: boolean;
};

/** The fields of a body or an answer, inner ones below and further in. */
export function Fields({ label, schema, named, sent = false }: Props) {
  const rows = fieldsOf(schema, named).map((field) => ({
    key: field.path,
    name: field.name,
    indent: field.depth * STEP,
    mark: sent === field.isRequired ? (sent ? "needed" : "not always") : null,
    type: <TypeWords field={field} />,
    text: field.text,
  }));
  return <Told label={label} head="Field" rows={rows} />;
}

export type ToldRow = {
  key: string;
  name: string;
  indent?: number;
  mark: string | null;
  type: ReactNode;
  text: string;
};

/** Names with their types and meanings. On a phone the meaning stands below the type. */
export function Told({ label, head, rows }: { label: string; head: string; rows: ToldRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Head className="w-[34%]">{head}</Head>
          <Head>Type and meaning</Head>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, indent = 0, mark, type, text }) => (
          <tr key={key} className="align-top">
            <Cell className="py-1">
              <div style={{ paddingLeft: indent }}>
                <code className="font-mono text-label [overflow-wrap:anywhere]">{name}</code>{" "}
                {mark && <span className="text-label whitespace-nowrap text-ink-3">{mark}</span>}
              </div>
            </Cell>
            <Cell className="py-1">
              <span className="text-ink-2 [overflow-wrap:anywhere]">{type}</span>
              {text && <p className="text-ink-3">{text}</p>}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** A type in words, with links to the schemas it names. */
function TypeWords({ field: { type, refs } }: { field: Field }) {
  const [ref] = refs;
  const [before, ...after] = ref === undefined ? [type] : type.split(ref);
  return (
    <>
      {before}
      {ref !== undefined && (
        <>
          <a href={`#schema-${ref}`} className="link">
            {ref}
          </a>
          {after.join(ref)}
        </>
      )}
    </>
  );
}
