/** A place in a JSON document, as `$.results[3].metrics["a b"][0]`. */
export function jsonPath(path: readonly PropertyKey[]): string {
  const step = (part: PropertyKey) => {
    if (typeof part === "number") return `[${part}]`;
    const name = String(part);
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  };
  return `$${path.map(step).join("")}`;
}
