"use client";
import { Field } from "@/components/ui/field";
import { mutate } from "@/lib/api/mutate";
import { apiUrl } from "@/lib/urls/api";
import { Form } from "./form";
import { NewPassword } from "./new-password";

/** The first account: whoever holds the admin token makes it, once. */
export function FirstAccountForm({ next }: { next: string }) {
  return (
    <Form
      submit="Create the account"
      send={async (values) => {
        const body = { email: values.one("email"), name: values.one("name"), password: values.one("password") };
        await mutate(apiUrl.auth.firstAccount, { body, token: values.one("token").trim() });
        window.location.assign(next);
        return "Signed in.";
      }}
    >
      {(faults) => (
        <>
          <Field
            name="token"
            label="Admin token"
            hint="Shown once when Tidemark was first started, or given to it as TIDEMARK_ADMIN_TOKEN."
            type="password"
            autoComplete="off"
            required
            autoFocus
          />
          <Field
            name="email"
            label="E-mail address"
            type="email"
            autoComplete="username"
            required
            fault={faults.email}
          />
          <Field name="name" label="Name" autoComplete="name" required maxLength={100} fault={faults.name} />
          <NewPassword label="Password" fault={faults.password} />
        </>
      )}
    </Form>
  );
}
