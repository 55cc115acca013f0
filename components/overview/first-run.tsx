import { Command } from "@/components/apidocs/code";
import { PageHead } from "@/components/frame/page-head";
import { apiUrl } from "@/lib/urls/api";
import { apiDocsUrl } from "@/lib/urls/apiDocs";

/** A project without runs: what sends the first one. `origin` is the address of this server. */
export function FirstRun({ project, name, origin }: { project: string; name: string; origin: string }) {
  return (
    <>
      <PageHead title={name} sentence="Nothing was measured yet." />
      <section className="mt-6 grid max-w-[92ch] gap-4">
        <h2 className="text-section font-semibold">No runs yet</h2>
        <p className="text-ink-2">
          Send the first one from a file of results, with a token that may ingest. The page fills as soon as it is
          stored.
        </p>
        <Command label="With the command line client">{`export TIDEMARK_URL=${origin} TIDEMARK_TOKEN=tm_...
tidemark push runs.ndjson --project ${project}`}</Command>
        <Command label="Without it">{`curl -sS -X POST "${origin}${apiUrl.project(project)}/runs" \\
  -H "Authorization: Bearer $TIDEMARK_TOKEN" -H "Content-Type: application/json" \\
  --data-binary @run.json`}</Command>
        <p className="text-ink-2">
          What a file of results holds is told with an example in the{" "}
          <a href={apiDocsUrl()} className="link">
            HTTP API
          </a>
          .
        </p>
      </section>
    </>
  );
}
