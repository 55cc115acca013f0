const NAMED: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** What neither HTML nor XML can hold, and what turns the direction of the text around it. */
const UNFIT = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\u202a-\u202e\u2066-\u2069]/gu;

/** A text without characters that XML refuses. */
export const fitForXml = (text: string): string => text.replace(UNFIT, "");

/** A text as text of HTML or XML, or of an attribute in quotes: no tag, no entity, no character that XML refuses. */
export function escapeHtml(text: string): string {
  return fitForXml(text).replace(/[&<>"']/g, (character) => NAMED[character] ?? character);
}
