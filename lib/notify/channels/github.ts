import { markdownLink, markdownText } from "@/lib/format/markdown";
import { send } from "@/lib/outbound/send";
import type { Message } from "../message";
import { clip, headline, lines } from "../words";
import { type ChannelSender, type Outcome, Refused, requireAccepted, type Target } from "./channel";

export type GithubTarget = {
  /** "owner/name". */
  repository: string;
  /** Root of the API, of GitHub Enterprise for example. */
  api: string;
  labels: string[];
  /** Also comments on the pull request, where the range holds one commit that came with one. */
  pullRequests: boolean;
};

type Call = { method: string; path: string; body?: object };
type To = Target<GithubTarget>;

/** Issues that are looked through for one that is there already. */
const PAGE = 30;
const PAGES = 10;

/** GitHub takes 65,536 characters of text and 256 of title. */
const TITLE = 250;
const LINE = 1000;

/**
 * One issue per shift: made when the shift is confirmed, commented and closed when it is over, opened again when it is
 * back. Issues and comments carry marks that people do not see; before one is made its mark is looked for, so that a try
 * whose answer was lost makes no second one. The reference is "owner/name#number".
 */
export const sendGithub: ChannelSender<GithubTarget> = async (messages, to) => {
  let last: Outcome = { status: null, reference: to.reference, note: null };
  for (const message of messages) last = await tell(message, to);
  return last;
};

async function tell(message: Message, to: To): Promise<Outcome> {
  const known = numberIn(to) ?? (await findIssue(message, to));
  if (known === null && isOver(message))
    return { status: null, reference: null, note: "There is no issue of this shift to close." };
  const number = known ?? (await openIssue(message, to));
  const reference = `${to.target.repository}#${number}`;
  if (known !== null) await update(message, to, known);
  return { status: 200, reference, note: await tellPullRequest(message, to) };
}

const isOver = ({ kind }: Message) => kind === "resolved" || kind === "withdrawn";

/** An issue of another repository, to which the route went before, is none of this one's. */
function numberIn({ reference, target }: To): number | null {
  const [repository, number] = reference?.split("#") ?? [];
  return repository === target.repository && number ? Number(number) : null;
}

async function update(message: Message, to: To, number: number): Promise<void> {
  const path = `/issues/${number}`;
  const issue = await call(to, { method: "GET", path });
  if (!holds(issue, ownMark(message))) await commentOnce(message, to, number);
  const reason = message.kind === "withdrawn" ? "not_planned" : "completed";
  const state = isOver(message) ? { state: "closed", state_reason: reason } : { state: "open" };
  await call(to, { method: "PATCH", path, body: state });
}

/** The newest issues that carry the labels are searched for the mark of the shift. */
async function findIssue(message: Message, to: To): Promise<number | null> {
  const labels = encodeURIComponent(to.target.labels.join(","));
  for (let page = 1; page <= PAGES; page++) {
    const path = `/issues?state=all&per_page=${PAGE}&page=${page}&labels=${labels}`;
    const found = list(await call(to, { method: "GET", path }));
    const own = found.find((issue) => holds(issue, issueMark(message)));
    if (own) return numberOf(own);
    if (found.length < PAGE) break;
  }
  return null;
}

async function openIssue(message: Message, to: To): Promise<number> {
  const title = clip(headline(message), TITLE);
  const body = { title, body: issueText(message), labels: to.target.labels };
  return numberOf(await call(to, { method: "POST", path: "/issues", body }));
}

/** A pull request that takes no comment keeps no issue from being made: the log says so. */
async function tellPullRequest(message: Message, to: To): Promise<string | null> {
  const { pullRequest } = message.body;
  if (!to.target.pullRequests || pullRequest === null || message.kind !== "confirmed") return null;
  try {
    await commentOnce(message, to, pullRequest);
    return null;
  } catch (error) {
    if (!(error instanceof Refused) || error.canRetry) throw error;
    return `The issue is there, the comment on #${pullRequest} is not: ${error.message}`;
  }
}

/** `number`: of an issue or a pull request. */
async function commentOnce(message: Message, to: To, number: number): Promise<void> {
  const path = `/issues/${number}/comments`;
  const since = encodeURIComponent(new Date(Date.parse(message.at) - 3_600_000).toISOString()); // clocks differ
  const made = list(await call(to, { method: "GET", path: `${path}?per_page=100&since=${since}` }));
  if (made.some((one) => holds(one, ownMark(message)))) return;
  await call(to, { method: "POST", path, body: { body: comment(message) } });
}

const holds = (one: unknown, mark: string): boolean => {
  const body = (one as { body?: unknown } | null)?.body;
  return typeof body === "string" && body.includes(mark);
};

/** Without the list nobody knows what is there already: it is tried again rather than made twice. */
function list(answer: unknown): unknown[] {
  if (!Array.isArray(answer)) throw new Refused(null, "GitHub's list could not be read.", true);
  return answer;
}

function numberOf(issue: unknown): number {
  const number = (issue as { number?: unknown } | null)?.number;
  if (typeof number !== "number") throw new Refused(null, "GitHub named no issue in its answer.", true);
  return number;
}

async function call({ target, secret }: To, { method, path, body }: Call): Promise<unknown> {
  const answer = await send(`${target.api}/repos/${target.repository}${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
    headers: {
      accept: "application/vnd.github+json",
      "content-type": "application/json",
      "user-agent": "tidemark",
      "x-github-api-version": "2022-11-28",
      ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
    },
  });
  // Too many at once is told as 403 too.
  if (answer.status === 403 && /rate limit/i.test(answer.body))
    throw new Refused(403, "GitHub asks for a pause: its limit of requests is reached.", true);
  requireAccepted(answer, "GitHub");
  try {
    return JSON.parse(answer.body);
  } catch {
    return null; // cut off, or no body
  }
}

const ownMark = ({ id }: Message) => `<!-- ${id} -->`;
/** Issues of tests have one each. */
const issueMark = ({ id, kind, body }: Message) =>
  kind === "test" ? `<!-- ${id} -->` : `<!-- tidemark:${encodeURIComponent(body.project)}/${body.shift} -->`;

const bullets = (message: Message): string[] => lines(message).map((line) => `- ${markdownText(clip(line, LINE))}`);

/** The text of the issue, in Markdown. */
export function issueText(message: Message): string {
  const picture = message.image ? [`!${markdownLink("The line around the change", message.image)}`, ""] : [];
  const page = message.kind === "test" ? "The settings of messages" : "The shift with its charts";
  const marks = [...new Set([issueMark(message), ownMark(message)])];
  return [...picture, ...bullets(message), "", markdownLink(page, message.url), "", ...marks].join("\n");
}

/** What is said below an issue or a pull request. */
export function comment(message: Message): string {
  const title = `**${markdownText(clip(headline(message), TITLE))}**`;
  return [title, "", ...bullets(message), "", message.url, "", ownMark(message)].join("\n");
}
