"use client";
import { useRouter } from "next/navigation";
import { Form } from "@/components/account/form";
import { Section } from "@/components/frame/page-head";
import { Choices, Field, Lines } from "@/components/ui/field";
import { mutate, WriteFailed } from "@/lib/api/mutate";
import type { ReleasePolicy as Policy } from "@/lib/release/policy";
import { apiUrl } from "@/lib/urls/api";

const LISTS = [
  { name: "metrics", label: "Metrics that count", placeholder: "duration" },
  { name: "workloads", label: "Workloads that count", placeholder: "array/*" },
  { name: "environments", label: "Environments that count", placeholder: "10x-*" },
] as const;

const UNTOLD = [
  { key: "cannot tell", label: "Cannot tell", hint: "the gate's answer is cannot tell" },
  { key: "fail", label: "Fail", hint: "the gate fails" },
  { key: "pass", label: "Pass", hint: "it is told, and of no effect" },
];
const MISSING = [
  { key: "fail", label: "Fail", hint: "it blocks a sign-off, and the gate fails" },
  { key: "cannot tell", label: "Cannot tell", hint: "it blocks nothing, and the gate cannot tell" },
];

/** What a release may ship with: what reports block on, and what the gate answers. */
export function ReleasePolicy({ project, policy }: { project: string; policy: Policy }) {
  const router = useRouter();
  return (
    <Section title="Release policy" note="what blocks a sign-off, and what the gate answers">
      <Form
        submit="Save"
        look="outline"
        keep
        className="max-w-[640px]"
        send={async (values) => {
          const lists = Object.fromEntries(LISTS.map(({ name }) => [name, linesOf(values.one(`policy-${name}`))]));
          const releasePolicy = {
            ...lists,
            smallest: sharesOf(values.one("policy-smallest")),
            cannotTell: values.one("policy-cannotTell"),
            missing: values.one("policy-missing"),
            near: Number(values.one("policy-near")),
            tags: values.one("policy-tags"),
          };
          await mutate(apiUrl.settings(project), { method: "PATCH", body: { releasePolicy } });
          router.refresh();
          return "Saved. Drafts and the gate follow it from now on.";
        }}
      >
        {(faults) => (
          <>
            {LISTS.map(({ name, label, placeholder }) => (
              <Lines
                key={name}
                name={`policy-${name}`}
                label={label}
                hint="One pattern per line, * and ? stand for characters; empty: all."
                placeholder={placeholder}
                value={policy[name]}
                fault={faults[`releasePolicy.${name}`]}
              />
            ))}
            <Lines
              name="policy-smallest"
              label="Smallest change that counts"
              hint="A metric and per cent in each line; others take the metric's smallest effect."
              placeholder="duration 10"
              value={Object.entries(policy.smallest).map(([metric, share]) => `${metric} ${share * 100}`)}
              fault={faults.smallest ?? faults["releasePolicy.smallest"]}
            />
            <Choices name="policy-cannotTell" label="What cannot be told" items={UNTOLD} value={policy.cannotTell} />
            <Choices
              name="policy-missing"
              label="A workload that is missing or fails"
              items={MISSING}
              value={policy.missing}
            />
            <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
              <Field
                name="policy-near"
                label="A run lies near within, in commits"
                type="number"
                min={1}
                max={1000}
                required
                defaultValue={policy.near}
                fault={faults["releasePolicy.near"]}
              />
              <Field
                name="policy-tags"
                label="Tags of commit lists that are releases"
                required
                maxLength={200}
                defaultValue={policy.tags}
                autoComplete="off"
                fault={faults["releasePolicy.tags"]}
              />
            </div>
          </>
        )}
      </Form>
    </Section>
  );
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** "duration 10" lines as shares by metric. Throws for a line that is none, as the server would. */
function sharesOf(text: string): Record<string, number> {
  return Object.fromEntries(
    linesOf(text).map((line) => {
      const [, metric, share] = /^(.*\S)\s+([\d.]+)\s*%?$/.exec(line) ?? [];
      if (metric === undefined || !Number.isFinite(Number(share))) {
        const message = `"${line}" is no metric with its per cent, as in: duration 10`;
        throw new WriteFailed(message, 422, { smallest: message });
      }
      return [metric, Number(share) / 100];
    }),
  );
}
