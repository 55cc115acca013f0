"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Form } from "@/components/account/form";
import { Choices, Field } from "@/components/ui/field";
import { mutate } from "@/lib/api/mutate";
import { apiUrl } from "@/lib/urls/api";
import { HandOver, type Link } from "./hand-over";

/** Makes an account and shows the link with which its owner sets a password. */
export function MemberForm() {
  const router = useRouter();
  const [link, setLink] = useState<Link | null>(null);
  return (
    <>
      <Form
        submit="Invite"
        className="max-w-[560px]"
        send={async (values) => {
          const body = { email: values.one("email"), name: values.one("name"), role: values.one("role") };
          setLink(null);
          setLink(await mutate<Link>(apiUrl.users, { body }));
          router.refresh();
          return undefined;
        }}
      >
        {(faults) => (
          <>
            <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
              <Field name="name" label="Name" autoComplete="off" required maxLength={100} fault={faults.name} />
              <Field
                name="email"
                label="E-mail address"
                type="email"
                autoComplete="off"
                required
                maxLength={254}
                fault={faults.email}
              />
            </div>
            <Choices
              name="role"
              label="Role"
              value="member"
              items={[
                { key: "member", label: "Member", hint: "Reads every project, triages shifts." },
                { key: "admin", label: "Admin", hint: "Everything: settings, tokens, members." },
              ]}
            />
          </>
        )}
      </Form>
      {link && <HandOver link={link} />}
    </>
  );
}
