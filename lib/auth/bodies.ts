import { z } from "zod";
import { PASSWORD } from "@/lib/model/password";
import { ROLES, VISIBILITIES } from "@/lib/model/words";

const PASSWORD_RULE = `Must be a password of ${PASSWORD.least} to ${PASSWORD.most} characters.`;
const newPassword = z.string(PASSWORD_RULE).min(PASSWORD.least, PASSWORD_RULE).max(PASSWORD.most, PASSWORD_RULE);

const EMAIL_RULE = "Must be an e-mail address of at most 254 characters.";
const email = z.string(EMAIL_RULE).trim().max(254, EMAIL_RULE).toLowerCase().pipe(z.email(EMAIL_RULE));

const NAME_RULE = "Must be a name of 1 to 100 characters, without control characters.";
/** Names are text: anything that can be read. Controls and turns of direction could make one name look like another. */
const name = z
  .string(NAME_RULE)
  .trim()
  .min(1, NAME_RULE)
  .max(100, NAME_RULE)
  .refine((text) => !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(text), NAME_RULE);

/** Anything of a bearable length is tried: a wrong form is a wrong password, and told in the same words. */
const tried = z.string("Must be a text.").max(1000, "Is too long.");

const role = z.enum(ROLES, `Must be one of ${ROLES.join(", ")}.`);

export const SignInBody = z.strictObject({ email: tried, password: tried });
export type SignInBody = z.output<typeof SignInBody>;

export const SignOutBody = z.strictObject({ everywhere: z.boolean("Must be true or false.").default(false) });

export const FirstAccountBody = z.strictObject({ email, name, password: newPassword });
export type FirstAccountBody = z.output<typeof FirstAccountBody>;

export const PasswordBody = z.strictObject({ current: tried, password: newPassword });
export type PasswordBody = z.output<typeof PasswordBody>;

export const InvitationBody = z.strictObject({ code: tried, password: newPassword });
export type InvitationBody = z.output<typeof InvitationBody>;

export const UserBody = z.strictObject({ email, name, role: role.default("member") });
export type UserBody = z.output<typeof UserBody>;

export const UserChange = z.strictObject({
  name: name.optional(),
  role: role.optional(),
  disabled: z.boolean("Must be true or false.").optional().describe("true: signed out everywhere, at once."),
});
export type UserChange = z.output<typeof UserChange>;

const PROJECT_NAME = "Must be a name of 1 to 200 characters.";
export const ProjectChange = z.strictObject({
  name: z
    .string(PROJECT_NAME)
    .min(1, PROJECT_NAME)
    .max(200, PROJECT_NAME)
    .refine((text) => text.trim() !== "" && !/[\0\p{Cs}]/u.test(text), PROJECT_NAME)
    .optional(),
  visibility: z.enum(VISIBILITIES, `Must be one of ${VISIBILITIES.join(", ")}.`).optional(),
});
export type ProjectChange = z.output<typeof ProjectChange>;
