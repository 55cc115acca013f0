import type { Json } from "./words";

/** A link that a project wants on the pages of its runs or commits; `url` holds placeholders such as {sha}. */
export type LinkTemplate = { name: string; url: string };

/** A template whose placeholders are filled in. */
export type FilledLink = { name: string; href: string };

/**
 * What a placeholder may name, beside `tag.NAME`, `component.NAME` and `params.NAME`. workloadPath: the name of the
 * workload with its slashes kept, for addresses of files.
 */
export const PLACEHOLDERS = [
  "workload",
  "workloadPath",
  "sha",
  "branch",
  "pullRequest",
  "key",
  "environment",
  "experiment",
  "variant",
  "startedAt",
  "finishedAt",
  "startedAtMs",
  "finishedAtMs",
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Values of placeholders; null or absent: there is none. */
export type LinkValues = Partial<Record<Placeholder, string | number | null>> & {
  tags?: Json;
  components?: Json;
  params?: Json;
};

const PATTERN = /\{([^{}]*)\}/g;

/** Does a link lead to something about a workload? Such links stand on its page, the others on those of runs and commits. */
export const namesWorkload = ({ url }: LinkTemplate): boolean => /\{(workload|workloadPath|params\.[^{}]+)\}/.test(url);

/** Does a link say which run it is about, by more than a workload? */
export const namesRun = ({ url }: LinkTemplate): boolean =>
  [...url.matchAll(PATTERN)].some(
    ([, name = ""]) => !/^(workload|workloadPath|params\..+|environment|branch)$/.test(name),
  );

/** Placeholders of an address that nothing fills. */
export function unknownPlaceholders(url: string): string[] {
  const named = [...url.matchAll(PATTERN)].map(([, name = ""]) => name);
  return named.filter(
    (name) => !(PLACEHOLDERS as readonly string[]).includes(name) && !/^(tag|component|params)\..+$/.test(name),
  );
}

/**
 * The links whose placeholders all have a value, each value encoded for an address. What is not http(s) afterwards is left
 * out: values are what clients sent.
 */
export function fillLinks(templates: readonly LinkTemplate[], values: LinkValues): FilledLink[] {
  return templates.flatMap(({ name, url }) => {
    const href = fill(url, values);
    return href !== null && /^https?:\/\/[^/]/i.test(href) ? [{ name, href }] : [];
  });
}

function fill(url: string, values: LinkValues): string | null {
  let isWhole = true;
  const href = url.replace(PATTERN, (_, name: string) => {
    const value = placeholderValue(name, values);
    if (value === null) isWhole = false;
    return value ?? "";
  });
  return isWhole ? href : null;
}

function placeholderValue(name: string, values: LinkValues): string | null {
  if (name === "workloadPath") return typeof values.workload === "string" ? pathOf(values.workload) : null;
  const [, map, key] = /^(tag|component|params)\.(.+)$/.exec(name) ?? [];
  const maps = { tag: values.tags, component: values.components, params: values.params };
  const found = map && key ? inside(maps[map as keyof typeof maps], key) : own(values, name);
  const isTold = typeof found === "string" ? found !== "" : typeof found === "number";
  return isTold ? encodeURIComponent(found as string | number) : null;
}

/** A name as the path of a file: each part encoded; parts that lead elsewhere are none. */
const pathOf = (name: string): string | null =>
  name.split("/").some((part) => part === "." || part === "..")
    ? null
    : name
        .split("/")
        .map((part) => encodeURIComponent(part))
        .join("/");

const own = (values: LinkValues, name: string) =>
  (PLACEHOLDERS as readonly string[]).includes(name) ? values[name as Placeholder] : null;

function inside(map: Json | undefined, key: string): Json | undefined {
  const isMap = map !== null && typeof map === "object" && !Array.isArray(map);
  return isMap && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Templates as stored; what is none is left out. */
export function readLinkTemplates(stored: Json | undefined): LinkTemplate[] {
  const isTemplate = (one: Json): one is LinkTemplate =>
    one !== null &&
    typeof one === "object" &&
    !Array.isArray(one) &&
    typeof one.name === "string" &&
    typeof one.url === "string";
  return Array.isArray(stored) ? stored.filter(isTemplate) : [];
}
