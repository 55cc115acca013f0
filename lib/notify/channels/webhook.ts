import { createHmac } from "node:crypto";
import { send } from "@/lib/outbound/send";
import type { Message } from "../message";
import { headline, lines } from "../words";
import { type ChannelSender, requireAccepted } from "./channel";

export type WebhookTarget = { url: string };

/**
 * Posts the message as JSON, signed as Standard Webhooks has it (github.com/standard-webhooks/standard-webhooks, spec
 * 1.0.0): webhook-id stays the same over all tries, webhook-signature is HMAC-SHA256 over "id.timestamp.body".
 */
export const sendWebhook: ChannelSender<WebhookTarget> = async (messages, { target, secret }) => {
  const body = JSON.stringify(payload(messages));
  const id = idOf(messages);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const answer = await send(target.url, {
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "tidemark",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      ...(secret === null ? {} : { "webhook-signature": signature(secret, id, timestamp, body) }),
    },
  });
  requireAccepted(answer, "The webhook");
  return { status: answer.status, reference: null, note: null };
};

/** A digest is known by its first message and their number. */
function idOf(messages: readonly Message[]): string {
  const first = messages[0]?.id ?? "none";
  return messages.length === 1 ? first : `${first}+${messages.length - 1}`;
}

/** One message as it is, a digest as a list of them. */
function payload(messages: readonly Message[]): object {
  const [only] = messages;
  if (messages.length === 1 && only) return facts(only);
  return { kind: "digest", messages: messages.map(facts) };
}

/** Every fact of a message, and its words for who only wants to show them. */
function facts(message: Message): object {
  const { body, ...envelope } = message;
  return { ...envelope, headline: headline(message), lines: lines(message), ...body };
}

/** `secret` is "whsec_" and the key in base64. */
export function signature(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}
