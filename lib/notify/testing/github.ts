import { type Received, type Receiver, receiver } from "./receiver";

type Comment = { id: number; body: string };
export type Issue = {
  number: number;
  title: string;
  body: string;
  state: string;
  state_reason?: string;
  labels: string[];
  comments: Comment[];
};

export type Github = Receiver & {
  issues: Issue[];
  /** What happens to the next request of this method and path: it is done, but its answer is cut off; or it is refused. */
  next(fault: { method: string; path: RegExp; how: "cut" | number; body?: string }): void;
};

const REPOSITORY = /^\/repos\/acme\/perf\/issues(?:\/(\d+))?(\/comments)?(?:\?(.*))?$/;

/** As much of GitHub's API for issues as Tidemark uses, for acme/perf, on a real socket. Pull request 41 is open. */
export async function github(): Promise<Github> {
  const pull = { number: 41, title: "A change", body: "", state: "open", labels: [], comments: [] };
  const issues: Issue[] = [pull];
  const faults: Parameters<Github["next"]>[0][] = [];
  const server = await receiver((request, response) => {
    const at = faults.findIndex(({ method, path }) => method === request.method && path.test(request.path));
    const [fault] = at === -1 ? [] : faults.splice(at, 1);
    if (typeof fault?.how === "number") {
      response.writeHead(fault.how, { "content-type": "application/json" }).end(fault.body ?? "{}");
      return;
    }
    const { status, body } = handle(issues, request);
    if (fault?.how === "cut") response.destroy();
    else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  return { ...server, issues, next: (fault) => faults.push(fault) };
}

function handle(issues: Issue[], { method, path, body }: Received): { status: number; body: unknown } {
  const [, number, comments, query] = REPOSITORY.exec(path) ?? [];
  const sent = body === "" ? {} : JSON.parse(body);
  if (!path.startsWith("/repos/acme/perf/issues")) return { status: 404, body: { message: "Not Found" } };
  if (number === undefined)
    return method === "POST" ? open(issues, sent) : { status: 200, body: listed(issues, query) };
  const issue = issues.find((one) => one.number === Number(number));
  if (!issue) return { status: 404, body: { message: "Not Found" } };
  if (!comments) return { status: 200, body: method === "PATCH" ? Object.assign(issue, sent) : issue };
  if (method === "GET") return { status: 200, body: issue.comments };
  issue.comments.push({ id: issue.comments.length + 1, body: sent.body });
  return { status: 201, body: issue.comments.at(-1) };
}

function open(issues: Issue[], sent: Pick<Issue, "title" | "body" | "labels">): { status: number; body: Issue } {
  const issue = { ...sent, number: 100 + issues.length, state: "open", comments: [] };
  issues.push(issue);
  return { status: 201, body: issue };
}

/** The newest first, of the page that is asked for. */
function listed(issues: readonly Issue[], query = ""): Issue[] {
  const asked = new URLSearchParams(query);
  const labels = (asked.get("labels") ?? "").split(",");
  const [size, page] = [Number(asked.get("per_page") ?? 30), Number(asked.get("page") ?? 1)];
  const found = issues.filter((issue) => labels.every((label) => issue.labels.includes(label))).toReversed();
  return found.slice((page - 1) * size, page * size);
}
