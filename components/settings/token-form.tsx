"use client";
import { Copy } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Form } from "@/components/account/form";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Option } from "@/components/ui/option";
import { mutate } from "@/lib/api/mutate";
import { SCOPES, type Scope } from "@/lib/model/words";
import { apiUrl } from "@/lib/urls/api";

const HINTS: Record<Scope, string> = {
  read: "reads this project, also while it is private",
  ingest: "sends runs, commits and releases",
  triage: "sets what people say of a shift",
  admin: "everything, tokens included",
};

/** Makes a token and shows its secret: here, now, and never again. */
export function TokenForm({ project }: { project: string }) {
  const router = useRouter();
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  return (
    <>
      <Form
        submit="Create token"
        className="max-w-[560px]"
        send={async (values) => {
          const body = {
            name: values.one("name"),
            scopes: values.all("scope"),
            defaultBranch: values.one("forks") !== "on",
          };
          setMade(null);
          setMade(await mutate<{ name: string; secret: string }>(apiUrl.tokens(project), { body }));
          router.refresh();
          return undefined;
        }}
      >
        {(faults) => (
          <>
            <Field
              name="name"
              label="Name"
              placeholder="ci-cluster"
              autoComplete="off"
              required
              maxLength={200}
              fault={faults.name}
              className="max-w-[360px]"
            />
            <Scopes fault={faults.scopes} />
          </>
        )}
      </Form>
      {made && <Secret name={made.name} secret={made.secret} />}
    </>
  );
}

function Scopes({ fault }: { fault?: string }) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-label text-ink-2">What it may do</legend>
      {SCOPES.map((scope) => (
        <Option
          key={scope}
          type="checkbox"
          name="scope"
          value={scope}
          defaultChecked={scope === "ingest"}
          label={scope}
          hint={HINTS[scope]}
        />
      ))}
      <Option
        type="checkbox"
        name="forks"
        className="mt-1.5"
        label="For pull requests of forks"
        hint="may not send for the default branch"
      />
      {fault && <p className="text-label text-warn">{fault}</p>}
    </fieldset>
  );
}

function Secret({ name, secret }: { name: string; secret: string }) {
  return (
    <section aria-label={`Secret of ${name}`} className="mt-4 max-w-[560px] rounded-3 bg-surface p-3">
      <p className="mb-2 text-ink-2">
        The token <b className="font-medium text-ink">{name}</b>. Copy it now: it is not shown again.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <code className="sha min-w-0 rounded-1 bg-bg px-2 py-1 [overflow-wrap:anywhere]">{secret}</code>
        <CopyButton text={() => secret} icon={<Copy className="size-4" strokeWidth={1.5} aria-hidden />}>
          Copy
        </CopyButton>
      </div>
    </section>
  );
}
