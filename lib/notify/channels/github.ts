import { send } from "@/lib/outbound/send";
import type { Message } from "../message";
import { headline, lines } from "../words";
import { type ChannelSender, Refused, requireAccepted, type Target } from "./channel";

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

/**
 * One issue per shift: made when the shift is confirmed, commented and closed when it is over, opened again when it is
 * back. Each issue carries a mark that people do not see; before one is made that mark is looked for, so that a try whose
 * answer was lost makes no second issue. The reference is the issue's number.
 */
export const sendGithub: ChannelSender<GithubTarget> = async (messages, to) => {
  let reference = to.reference;
  for (const message of messages) reference = await tell(message, { ...to, reference });
  return { status: 200, reference };
};

async function tell(message: Message, to: Target<GithubTarget>): Promise<string> {
  const number = to.reference ?? (await findIssue(message, to));
  if (number === null) return openIssue(message, to);
  const path = `/issues/${number}`;
  await call(to, { method: "POST", path: `${path}/comments`, body: { body: comment(message) } });
  const isOver = message.kind === "resolved" || message.kind === "withdrawn";
  const reason = message.kind === "withdrawn" ? "not_planned" : "completed";
  const state = isOver ? { state: "closed", state_reason: reason } : { state: "open" };
  await call(to, { method: "PATCH", path, body: state });
  return number;
}

/** The newest issues that carry the labels are searched for the mark. */
async function findIssue(message: Message, to: Target<GithubTarget>): Promise<string | null> {
  const labels = encodeURIComponent(to.target.labels.join(","));
  const found = await call(to, { method: "GET", path: `/issues?state=all&per_page=100&labels=${labels}` });
  if (!Array.isArray(found)) return null;
  const own = found.find((issue) => typeof issue?.body === "string" && issue.body.includes(mark(message)));
  return own ? String(own.number) : null;
}

async function openIssue(message: Message, to: Target<GithubTarget>): Promise<string> {
  const body = { title: headline(message), body: issueText(message), labels: to.target.labels };
  const made = await call(to, { method: "POST", path: "/issues", body });
  const number = (made as { number?: unknown } | null)?.number;
  if (typeof number !== "number") throw new Refused(null, "GitHub named no issue in its answer.", false);
  const { pullRequest } = message.body;
  if (to.target.pullRequests && pullRequest !== null && message.kind === "confirmed")
    await call(to, { method: "POST", path: `/issues/${pullRequest}/comments`, body: { body: comment(message) } });
  return String(number);
}

async function call({ target, secret }: Target<GithubTarget>, { method, path, body }: Call): Promise<unknown> {
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
  requireAccepted(answer, "GitHub");
  try {
    return JSON.parse(answer.body);
  } catch {
    return null; // a long list that was cut off, or no body
  }
}

const mark = ({ body }: Message) => `<!-- tidemark:${encodeURIComponent(body.project)}/${body.shift} -->`;

/** The text of the issue, in Markdown. */
export function issueText(message: Message): string {
  const picture = message.image ? [`![The line around the change](${message.image})`, ""] : [];
  const told = lines(message).map((line) => `- ${inert(line)}`);
  return [...picture, ...told, "", `[The shift with its charts](${message.url})`, "", mark(message)].join("\n");
}

/** What is said below an issue or a pull request. */
export function comment(message: Message): string {
  return [
    `**${inert(headline(message))}**`,
    "",
    ...lines(message).map((line) => `- ${inert(line)}`),
    "",
    message.url,
  ].join("\n");
}

/**
 * Text that Markdown leaves as it is: every character of its markup escaped, and what would call a person or link an
 * issue parted by a zero-width space.
 */
function inert(text: string): string {
  const escaped = text.replace(/[\\`*_{}[\]<>|~!]/g, "\\$&").replaceAll("&", "&amp;");
  return escaped.replace(/([@#])(?=[\p{L}\p{N}])/gu, "$1\u200B").replace(/(https?)(?=:)/gi, "$1\u200B");
}
