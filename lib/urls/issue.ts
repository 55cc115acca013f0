import { newIssueTemplate } from "./repository";

/** What is filled into the template of a new issue. `bodies`: the same in ever fewer words; the first that fits is taken. */
export type IssueText = { title: string; url: string; bodies: readonly string[] };

/** What a template of a new issue's address may name. */
export const ISSUE_PLACEHOLDERS = ["title", "body", "url"] as const;

/** Longest address: GitHub and the proxies on the way refuse somewhat more than 8,000 characters. */
export const ISSUE_URL_LENGTH = 7_500;

/**
 * The address of a form for a new issue, filled in: `template` holds {title}, {body} and {url}; null: the form of the
 * repository's host. null where there is neither, or where the template leads nowhere else than to http(s).
 */
export function newIssueUrl(template: string | null, repository: string | null, text: IssueText): string | null {
  const form = template ?? newIssueTemplate(repository);
  if (!form || !/^https?:\/\/[^/]/i.test(form)) return null;
  const filled = [...text.bodies, text.url].map((body) => fill(form, { title: text.title, body, url: text.url }));
  return (
    filled.find((address) => address.length <= ISSUE_URL_LENGTH) ??
    fill(form, { title: "", body: text.url, url: text.url })
  );
}

/** A placeholder that nobody knows stays as it is: it may belong to the form. */
function fill(form: string, values: Record<(typeof ISSUE_PLACEHOLDERS)[number], string>): string {
  return form.replace(/\{(title|body|url)\}/g, (_, name: keyof typeof values) =>
    encodeURIComponent(whole(values[name])),
  );
}

/** Halves of characters have no place in an address. */
const whole = (text: string) => text.replace(/\p{Surrogate}/gu, "\ufffd");
