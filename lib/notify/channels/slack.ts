import { send } from "@/lib/outbound/send";
import type { Message } from "../message";
import { headline, lines } from "../words";
import { type ChannelSender, requireAccepted } from "./channel";

export type SlackTarget = { url: string };

/** Characters of one message that Slack shows. */
const MOST = 3500;

/**
 * Posts to an incoming webhook as Slack has them; Mattermost, Rocket.Chat, Discord (with /slack at the end) and Zulip take
 * the same. What names hold is escaped as Slack asks for it, so that nobody is called by it.
 */
export const sendSlack: ChannelSender<SlackTarget> = async (messages, { target }) => {
  const answer = await send(target.url, {
    body: JSON.stringify({ text: slackText(messages) }),
    headers: { "content-type": "application/json", "user-agent": "tidemark" },
  });
  requireAccepted(answer, "The chat server");
  return { status: answer.status, reference: null };
};

/** Several messages are a headline with a link each. */
export function slackText(messages: readonly Message[]): string {
  const [only] = messages;
  if (messages.length === 1 && only) return cut([link(only), ...lines(only).map(inert)].join("\n"));
  return cut([`${messages.length} shifts:`, ...messages.map((message) => `• ${link(message)}`)].join("\n"));
}

/** Inside a link the bar parts address and text. */
const link = (message: Message) => `<${message.url}|${inert(headline(message)).replaceAll("|", "¦")}>`;

/** Slack's three characters; the others of its markup are made inert by a zero-width space where they could begin one. */
function inert(text: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return safe.replace(/(?<=^|[^\p{L}\p{N}])([*_~`@])(?=\S)/gu, "$1\u200B");
}

function cut(text: string): string {
  if (text.length <= MOST) return text;
  return `${text.slice(0, text.lastIndexOf("\n", MOST))}\n…`;
}
