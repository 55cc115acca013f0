import { PageHead } from "@/components/frame/page-head";
import { Command, EmptyState } from "@/components/ui/state";
import { apiUrl } from "@/lib/urls/api";

/** A project without runs: what sends the first one. */
export function FirstRun({ project, name }: { project: string; name: string }) {
  return (
    <>
      <PageHead title={name} sentence="Nothing was measured yet." />
      <EmptyState title="No runs yet">
        <p>Send the first one from a file of results, with a token that may ingest:</p>
        <div className="mt-2 mb-3">
          <Command>{`export TIDEMARK_URL=... TIDEMARK_TOKEN=...
tidemark push runs.ndjson --project ${project}`}</Command>
        </div>
        <p>or without the command line client:</p>
        <div className="mt-2">
          <Command>{`curl -X POST "$TIDEMARK_URL${apiUrl.project(project)}/runs" \\
  -H "Authorization: Bearer $TIDEMARK_TOKEN" -H "Content-Type: application/json" \\
  --data-binary @run.json`}</Command>
        </div>
      </EmptyState>
    </>
  );
}
