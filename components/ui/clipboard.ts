/** Puts a text into the clipboard; one that is still being read too, where the browser waits for it. Throws when refused. */
export async function copyText(text: string | Promise<string>): Promise<void> {
  if (typeof text === "string" || typeof ClipboardItem === "undefined")
    return navigator.clipboard.writeText(await text);
  const blob = Promise.resolve(text).then((read) => new Blob([read], { type: "text/plain" }));
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

/** Puts a PNG into the clipboard, or hands it to the reader as a file where the browser takes none. */
export async function copyImage(url: string, name: string): Promise<"copied" | "saved"> {
  const image = fetch(url).then((response) => {
    if (!response.ok) throw new Error(`The picture answers ${response.status}.`);
    return response.blob();
  });
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
    return "copied";
  } catch {
    save(await image, name);
    return "saved";
  }
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
