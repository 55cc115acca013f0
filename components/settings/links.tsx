"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Form } from "@/components/account/form";
import { Section } from "@/components/frame/page-head";
import { ExternalLink } from "@/components/run/external-link";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { mutate } from "@/lib/api/mutate";
import {
  fillLinks,
  type LinkTemplate,
  namesWorkload,
  PLACEHOLDERS,
  unknownPlaceholders,
} from "@/lib/model/linkTemplates";
import type { LinkPreview } from "@/lib/queries/linkPreview";
import { apiUrl } from "@/lib/urls/api";

type Props = { project: string; templates: LinkTemplate[]; preview: LinkPreview | null };
type Draft = LinkTemplate & { id: number };

/** Links that stand on the pages of runs, commits and workloads, with what the newest run makes of them. */
export function LinkTemplates({ project, templates, preview }: Props) {
  const router = useRouter();
  const [drafts, setDrafts] = useState<Draft[]>(() => withIds(templates.length > 0 ? templates : [EMPTY]));
  const change = (id: number, part: Partial<LinkTemplate>) =>
    setDrafts((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const add = () => setDrafts((all) => [...all, { ...EMPTY, id: Math.max(0, ...all.map(({ id }) => id)) + 1 }]);
  return (
    <Section title="Links" note="on pages of runs, commits and workloads">
      <p className="mb-4 max-w-[92ch] text-pretty text-ink-2">
        Filled in for each page: {PLACEHOLDERS.map((name) => `{${name}}`).join(", ")}, {"{tag.NAME}"},{" "}
        {"{component.NAME}"} and {"{params.NAME}"}. A link of which a value is missing is left out. One that names a
        workload stands on the workload’s page; with values of a run beside it, in the run’s rows.
      </p>
      <Form
        submit="Save links"
        look="outline"
        keep
        className="max-w-[880px]"
        send={async () => {
          const linkTemplates = drafts
            .map(({ name, url }) => ({ name: name.trim(), url: url.trim() }))
            .filter(({ name, url }) => name !== "" || url !== "");
          await mutate(apiUrl.settings(project), { method: "PATCH", body: { linkTemplates } });
          router.refresh();
          return "Saved.";
        }}
      >
        {(faults) => (
          <>
            {drafts.map((draft, i) => (
              <fieldset key={draft.id} className="flex flex-col gap-1.5">
                <legend className="sr-only">Link {i + 1}</legend>
                <div className="flex flex-wrap items-end gap-2">
                  <Field
                    name={`name-${draft.id}`}
                    label="Name"
                    placeholder="Grafana"
                    value={draft.name}
                    onChange={({ target }) => change(draft.id, { name: target.value })}
                    maxLength={100}
                    autoComplete="off"
                    fault={faults[`linkTemplates[${i}].name`]}
                    className="w-40 max-sm:w-full"
                  />
                  <Field
                    name={`url-${draft.id}`}
                    label="Address"
                    placeholder="https://grafana.example/d/cluster?from={startedAtMs}&to={finishedAtMs}"
                    value={draft.url}
                    onChange={({ target }) => change(draft.id, { url: target.value })}
                    maxLength={2048}
                    autoComplete="off"
                    spellCheck={false}
                    fault={faults[`linkTemplates[${i}].url`]}
                    className="min-w-0 grow basis-80"
                  />
                  <Button
                    type="button"
                    look="ghost"
                    aria-label={`Remove the link ${draft.name || i + 1}`}
                    onClick={() => setDrafts((all) => all.filter(({ id }) => id !== draft.id))}
                  >
                    Remove
                  </Button>
                </div>
                <Preview draft={draft} preview={preview} />
              </fieldset>
            ))}
            <div>
              <Button type="button" look="outline" onClick={add}>
                Add a link
              </Button>
            </div>
          </>
        )}
      </Form>
    </Section>
  );
}

const EMPTY: LinkTemplate = { name: "", url: "" };
const withIds = (templates: readonly LinkTemplate[]): Draft[] => templates.map((one, id) => ({ ...one, id }));

/** What the newest run makes of a template, or why nothing comes of it. */
function Preview({ draft, preview }: { draft: LinkTemplate; preview: LinkPreview | null }) {
  if (draft.url === "") return null;
  const [unknown] = unknownPlaceholders(draft.url);
  const words = (text: string) => <p className="text-label text-ink-3 [overflow-wrap:anywhere]">{text}</p>;
  if (!/^https?:\/\/[^\s/{}]/i.test(draft.url))
    return words("An address begins with http:// or https:// and its host.");
  if (unknown !== undefined) return words(`{${unknown}} is no placeholder.`);
  if (preview === null) return words("No run was sent yet, so there is nothing to show it with.");
  const [filled] = fillLinks([draft], preview.values);
  const of = namesWorkload(draft) ? `${preview.workload} in the newest run` : `the newest run, ${preview.run}`;
  if (!filled) return words(`Left out for ${of}: it has not all of these values.`);
  return (
    <p className="text-label text-ink-3 [overflow-wrap:anywhere]">
      For {of}: <ExternalLink href={filled.href} text={filled.href} />
    </p>
  );
}
