"use client";
import { useRouter } from "next/navigation";
import { Form } from "@/components/account/form";
import { Choices, Field } from "@/components/ui/field";
import { mutate } from "@/lib/api/mutate";
import type { Visibility } from "@/lib/model/words";
import { apiUrl } from "@/lib/urls/api";

/** Name of the project, and who may read it. */
export function GeneralForm({ project, name, visibility }: { project: string; name: string; visibility: Visibility }) {
  const router = useRouter();
  return (
    <Form
      submit="Save"
      keep
      className="max-w-[560px]"
      send={async (values) => {
        const body = { name: values.one("name"), visibility: values.one("visibility") };
        await mutate(apiUrl.project(project), { method: "PATCH", body });
        router.refresh();
        return "Saved.";
      }}
    >
      {(faults) => (
        <>
          <Field
            name="name"
            label="Name"
            defaultValue={name}
            required
            maxLength={200}
            fault={faults.name}
            className="max-w-[360px]"
          />
          <Choices
            name="visibility"
            label="Who may read it"
            value={visibility}
            items={[
              { key: "public", label: "Public", hint: "Everybody who reaches this server." },
              { key: "private", label: "Private", hint: "Who is signed in, and tokens. For others it does not exist." },
            ]}
          />
        </>
      )}
    </Form>
  );
}
