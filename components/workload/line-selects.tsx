"use client";
import Link from "next/link";
import { buttonClasses } from "@/components/ui/button";
import { type MenuItem, Select } from "@/components/ui/menu";
import type { WorkloadRead } from "@/lib/queries/workload";
import { bestCase, countSharing, freeKeys, type Params, paramKeys, restOf, valuesOf, valueText } from "./param-choice";
import type { SelectionHandle } from "./selection";

type Props = { head: WorkloadRead; handle: SelectionHandle };

/** The environment, or several drawn together. */
export function EnvironmentSelect({ head, handle }: Props) {
  const { environments, chosen, lines } = head;
  if (environments.length === 0) return null;
  const shown = environments.filter((name) => lines.some(({ environment }) => environment === name));
  const items: MenuItem[] = environments.map((name) => ({
    key: name,
    label: name,
    selected: shown.length <= 1 && name === chosen.environment,
    onSelect: () => handle.go({ environment: [name], hide: [] }),
  }));
  if (environments.length > 1)
    items.push({
      key: "\0all",
      label: environments.length === 2 ? "Both together" : `All ${environments.length} together`,
      selected: shown.length === environments.length,
      onSelect: () => handle.go({ environment: ordered(environments, chosen.environment), hide: [] }),
    });
  if (environments.length > 2)
    for (const name of environments.filter((one) => one !== chosen.environment))
      items.push({
        key: `\0with ${name}`,
        label: `Also ${name}`,
        selected: shown.includes(name),
        onSelect: () => handle.go({ environment: toggled(ordered(shown, chosen.environment), name), hide: [] }),
      });
  return <Select label="Environment" value={shownText(shown, environments, chosen.environment)} items={items} />;
}

/** The chosen one first: its facts, components and links stand for the page. */
const ordered = (names: readonly string[], first: string | null): string[] =>
  [...names].sort((a, b) => Number(b === first) - Number(a === first));

const toggled = (names: readonly string[], name: string): string[] =>
  names.includes(name) ? names.filter((one) => one !== name) : [...names, name];

function shownText(shown: readonly string[], all: readonly string[], chosen: string | null): string {
  if (shown.length <= 1) return chosen ?? "none";
  return shown.length === 2 ? shown.join(", ") : `${shown.length} of ${all.length}`;
}

/** A selector per parameter that has several values; each offers the values that exist, and every one of them together. */
export function ParamSelects({ head, handle }: Props) {
  const keys = paramKeys(head.cases);
  const free = freeKeys(head.lines);
  return keys.map((key) => (
    <Select
      key={key}
      label={keys.length === 1 && key.length < 3 ? `Parameter ${key}` : key}
      value={free.includes(key) ? `all ${valuesOf(head.lines, key).length}` : valueText(head.chosen.params, key)}
      items={paramItems({ head, handle }, key, keys, free)}
    />
  ));
}

/** All combinations of a workload at once, where it has several and one is shown. */
export function AllLink({ head, handle }: Props) {
  if (head.cases.length < 2 || head.lines.length > 1) return null;
  return (
    <Link
      href={handle.urlOf({ with: ["{}"], hide: [], pin: [] })}
      className={buttonClasses("ghost")}
      prefetch={false}
      scroll={false}
    >
      All {head.cases.length} combinations
    </Link>
  );
}

function paramItems(
  { head, handle }: Props,
  key: string,
  keys: readonly string[],
  free: readonly string[],
): MenuItem[] {
  const { cases, chosen } = head;
  const choose = (params: Params, released: readonly string[]) =>
    handle.go({
      params: JSON.stringify(params),
      with: released.length > 0 ? [JSON.stringify(restOf(params, released))] : [],
      hide: [],
    });
  const values = valuesOf(cases, key).map(({ text, sample }): MenuItem => {
    const { params, differs } = bestCase(cases, chosen, key, sample);
    return {
      key: `= ${text}`,
      label: text,
      hint: differs.map((other) => `${other}=${valueText(params, other)}`).join(", ") || undefined,
      selected: !free.includes(key) && valueText(chosen.params, key) === text,
      onSelect: () =>
        choose(
          params,
          free.filter((one) => one !== key),
        ),
    };
  });
  const now = chosen.params as Params;
  const released = [...free.filter((one) => one !== key), key];
  const count = countSharing(cases, now, released);
  const together: MenuItem[] = [];
  if (count > 1)
    together.push({
      key: "\0each",
      label: `All ${count} together`,
      selected: free.includes(key) && free.length < keys.length,
      onSelect: () => choose(now, released),
    });
  if (keys.length > 1)
    together.push({
      key: "\0every",
      label: `All ${cases.length} combinations`,
      selected: free.length === keys.length,
      onSelect: () => choose(now, keys),
    });
  return [...values, ...together];
}
