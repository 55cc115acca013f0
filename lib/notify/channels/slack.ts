import { send } from "@/lib/outbound/send";
import type { Message } from "../message";
import { clip, headline, lines } from "../words";
import { type ChannelSender, requireAccepted } from "./channel";

export type SlackTarget = { url: string };

/** Characters of one message that Slack shows. */
const MOST = 3500;

/** Of these for the headline, before it is made inert: so its line is always whole. */
const HEADLINE = 300;

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
  return { status: answer.status, reference: null, note: null };
};

/** Several messages are a headline with a link each. */
export function slackText(messages: readonly Message[]): string {
  const [only] = messages;
  if (messages.length === 1 && only) return cut([link(only), ...lines(only).map(inert)].join("\n"));
  return cut([`${messages.length} shifts:`, ...messages.map((message) => `• ${link(message)}`)].join("\n"));
}

/** Inside a link the bar parts address and text. */
const link = (message: Message) => `<${message.url}|${inert(clip(headline(message), HEADLINE)).replaceAll("|", "¦")}>`;

/**
 * Slack's three characters as Slack asks for them; every other sign of its markup and of those who read the same (Markdown
 * at Mattermost and Discord) is parted from what follows by a zero-width space: nobody is called, nothing becomes a link.
 */
function inert(text: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return safe
    .replace(/(?<=^|[^\p{L}\p{N}])([*_~`@|#:])(?=\S)/gu, "$1\u200B")
    .replace(/\](?=[([])/g, "]\u200B")
    .replace(/:(?=\/\/)/g, ":\u200B")
    .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}\u200B.`);
}

/** Whole lines only: half a link would show its address. */
function cut(text: string): string {
  if (text.length <= MOST) return text;
  return `${text.slice(0, text.lastIndexOf("\n", MOST - 2))}\n…`;
}
