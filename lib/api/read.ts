import { queryOptions } from "@tanstack/react-query";

/** What the API answers instead of data: application/problem+json. */
type Problem = { title?: string; detail?: string };

/** A read that the server refused or could not answer; the text is fit for people. */
export class ReadFailed extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/**
 * The one way the browser reads: a query whose key is the address, so that data and selection always belong together.
 * `useSuspenseQuery(read<Workload>(apiUrl.workload(...)))`; the type is that of the read function behind the address.
 */
export function read<Answer>(path: string) {
  return queryOptions({
    queryKey: [path],
    queryFn: ({ signal }) => fetchJson<Answer>(path, signal),
  });
}

async function fetchJson<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(path, { signal, headers: { accept: "application/json" } });
  if (!response.ok) throw new ReadFailed(await reasonOf(response), response.status);
  return (await response.json()) as Answer;
}

async function reasonOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  return problem.detail ?? problem.title ?? `The server answered ${response.status}.`;
}
