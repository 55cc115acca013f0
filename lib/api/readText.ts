import { ReadFailed } from "./read";

/** A text of the server, such as Markdown. Throws ReadFailed. */
export async function readText(path: string): Promise<string> {
  const response = await fetch(path);
  if (!response.ok) throw new ReadFailed(`The server answered ${response.status}.`, response.status);
  return response.text();
}
