import type { Message } from "../message";
import type { Outcome, Target } from "./channel";
import { type EmailTarget, sendEmail } from "./email";
import { type GithubTarget, sendGithub } from "./github";
import { type SlackTarget, sendSlack } from "./slack";
import { sendWebhook, type WebhookTarget } from "./webhook";

/** Where a route sends to, by its channel: lib/commands checks it when the route is made. */
export type ChannelTarget =
  | { channel: "webhook"; target: WebhookTarget }
  | { channel: "slack"; target: SlackTarget }
  | { channel: "email"; target: EmailTarget }
  | { channel: "github"; target: GithubTarget };

type Rest = Omit<Target<never>, "target">;

/** Sends through the channel that the route names. Throws Refused, Unreachable, Invalid. */
export function sendThrough(to: ChannelTarget, messages: readonly Message[], rest: Rest): Promise<Outcome> {
  switch (to.channel) {
    case "webhook":
      return sendWebhook(messages, { ...rest, target: to.target });
    case "slack":
      return sendSlack(messages, { ...rest, target: to.target });
    case "email":
      return sendEmail(messages, { ...rest, target: to.target });
    case "github":
      return sendGithub(messages, { ...rest, target: to.target });
  }
}
