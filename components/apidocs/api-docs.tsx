import { PageHead } from "@/components/frame/page-head";
import { ButtonLink } from "@/components/ui/button";
import { plural } from "@/lib/format/number";
import { matching, operationsOf } from "@/lib/openapi/search";
import type { OpenApi, Schema } from "@/lib/openapi/types";
import { apiUrl } from "@/lib/urls/api";
import { type ApiDocsSelection, apiDocsUrl } from "@/lib/urls/apiDocs";
import { Contents } from "./contents";
import { Fields } from "./fields";
import { ApiDocsFilter } from "./filter";
import { Fold } from "./fold";
import { OperationPart } from "./operation";

/** Endpoints whose fields of the answer are all on the page. Those of a hundred would make it six megabytes. */
const WHOLE = 12;

/** The description of the API for people: the same document that programs read. */
export function ApiDocs({ document, selection }: { document: OpenApi; selection: ApiDocsSelection }) {
  const all = operationsOf(document);
  const found = matching(all, selection.filter);
  const { schemas } = document.components;
  return (
    <>
      <PageHead title="HTTP API" sentence={<Rules text={document.info.description} />}>
        <ApiDocsFilter selection={selection} />
        <ButtonLink href={apiUrl.openApi} external>
          openapi.json
        </ButtonLink>
      </PageHead>
      <p className="text-ink-3">
        {selection.filter === null
          ? `${plural(all.length, "endpoint")}. The examples follow one another: each works when those above it were sent, with an admin token for all projects in $TOKEN. Lists in their answers are cut to three.`
          : `${found.length} of ${plural(all.length, "endpoint")} match.`}{" "}
        {selection.filter !== null && (
          <a href={apiDocsUrl()} className="link">
            Show {all.length}
          </a>
        )}
      </p>
      <div className="mt-6 grid gap-x-10 lg:grid-cols-[220px_minmax(0,1fr)]">
        <div className="mb-4 max-lg:hidden">
          <div className="sticky top-4 max-h-[calc(100vh-32px)] overflow-y-auto px-2">
            <Contents tags={document.tags} listed={found} />
          </div>
        </div>
        <Fold title="Contents" className="mb-4 lg:hidden">
          <div className="px-2">
            <Contents tags={document.tags} listed={found} />
          </div>
        </Fold>
        <div className="min-w-0">
          {document.tags.map(({ name, description }) => {
            const own = found.filter(({ operation }) => operation.tags.includes(name));
            return own.length === 0 ? null : (
              <section key={name} aria-label={name} className="mb-6">
                <h2 className="text-title font-semibold">{name}</h2>
                <p className="mt-1 mb-4 text-read text-ink-2">{description}</p>
                {own.map((one) => (
                  <OperationPart
                    key={one.operation.operationId}
                    {...one}
                    named={schemas}
                    fieldsAt={
                      found.length <= WHOLE || one.operation.operationId === selection.open
                        ? null
                        : apiDocsUrl({ ...selection, open: one.operation.operationId })
                    }
                    isOpen={one.operation.operationId === selection.open}
                  />
                ))}
              </section>
            );
          })}
          <Schemas schemas={schemas} />
        </div>
      </div>
    </>
  );
}

/** The rules of the document, with its code set as such. */
function Rules({ text }: { text: string }) {
  return text.split("`").map((part, place) =>
    place % 2 === 1 ? (
      <code key={part} className="font-mono text-label text-ink">
        {part}
      </code>
    ) : (
      part
    ),
  );
}

/** What answers refer to by name. */
function Schemas({ schemas }: { schemas: Record<string, Schema> }) {
  return (
    <section aria-label="Named parts">
      <h2 className="text-title font-semibold">Named parts</h2>
      <p className="mt-1 mb-4 text-read text-ink-2">What bodies and answers refer to by name.</p>
      {Object.entries(schemas).map(([name, schema]) => (
        <article key={name} className="border-t border-line pt-4 pb-6">
          <h3 id={`schema-${name}`} className="mb-2 scroll-mt-4 text-section font-semibold">
            <a href={`#schema-${name}`} className="hover:underline">
              {name}
            </a>
          </h3>
          <div className="max-w-[760px]">
            <Fields label={name} schema={schema} named={schemas} sent={schema.additionalProperties === false} />
          </div>
        </article>
      ))}
    </section>
  );
}
