import { createTransport } from "nodemailer";
import { config } from "@/lib/config";
import type { Message } from "../message";
import { clip, headline, plainText } from "../words";
import { type ChannelSender, Refused } from "./channel";

export type EmailTarget = { to: string[] };

const TIMEOUT_MILLISECONDS = 15_000;

/** Characters of a subject. */
const SUBJECT = 200;

/**
 * Sends mail through the server that TIDEMARK_SMTP_URL names. Plain text: it holds names from outside, and every reader
 * shows it. The message's id makes the Message-ID, so that a second try threads with the first.
 */
export const sendEmail: ChannelSender<EmailTarget> = async (messages, { target }) => {
  const url = config.smtpUrl();
  if (!url) throw new Refused(null, "No mail server is set: TIDEMARK_SMTP_URL names one.", false);
  const timeouts = { connectionTimeout: TIMEOUT_MILLISECONDS, socketTimeout: TIMEOUT_MILLISECONDS };
  const transport = createTransport({ url, ...timeouts });
  try {
    await transport.sendMail({ from: config.mailFrom(), to: target.to, ...mail(messages) });
    return { status: 250, reference: null, note: null };
  } catch (error) {
    throw refusal(error as Error & { responseCode?: number });
  } finally {
    transport.close();
  }
};

/** Subject, text and headers. A digest lists its headlines first. */
export function mail(messages: readonly Message[]) {
  const [first] = messages;
  if (!first) throw new RangeError("A mail tells of one message at least.");
  const subject = messages.length === 1 ? headline(first) : `${messages.length} shifts in ${first.body.projectName}`;
  const index = messages.length === 1 ? [] : [...messages.map((message) => `- ${headline(message)}`), ""];
  const text = [...index, messages.map(plainText).join("\n---\n\n")].join("\n");
  const host = new URL(first.url).hostname;
  return {
    subject: clip(subject, SUBJECT),
    text,
    messageId: `<${first.id}${messages.length === 1 ? "" : `+${messages.length - 1}`}@${host}>`,
    headers: { "X-Tidemark-Shift": String(first.body.shift), "Auto-Submitted": "auto-generated" },
  };
}

/** Codes from 500 on are final; others, and a server that is away, may pass. */
function refusal({ message, responseCode }: { message: string; responseCode?: number }): Refused {
  return new Refused(
    responseCode ?? null,
    `The mail server: ${message}`,
    responseCode === undefined || responseCode < 500,
  );
}
