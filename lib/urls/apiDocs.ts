import { grammar, type Selection, text } from "./query";

const params = { filter: text, open: text } as const;

/** filter: words that an endpoint must hold. open: the operationId whose fields are shown where many are listed. */
export type ApiDocsSelection = Selection<typeof params>;
export const apiDocsQuery = grammar(params);

/** The description of the API as a page; an endpoint's part of it is its operationId. */
export const apiDocsUrl = (selection: Partial<ApiDocsSelection> = {}): string =>
  `/api/docs${apiDocsQuery.build(selection)}`;
