"use client";
import { Field } from "@/components/ui/field";
import { mutate } from "@/lib/api/mutate";
import { apiUrl } from "@/lib/urls/api";
import { Form } from "./form";
import { NewPassword } from "./new-password";

/** Changes the own password; every other browser is signed out by it. */
export function PasswordForm({ email }: { email: string }) {
  return (
    <Form
      submit="Change password"
      look="outline"
      className="max-w-[360px]"
      send={async (values) => {
        const body = { current: values.one("current"), password: values.one("password") };
        await mutate(apiUrl.auth.password, { body });
        return "Changed. Other browsers are signed out.";
      }}
    >
      {(faults) => (
        <>
          <input type="hidden" autoComplete="username" name="username" value={email} readOnly />
          <Field
            name="current"
            label="Present password"
            type="password"
            autoComplete="current-password"
            required
            fault={faults.current}
          />
          <NewPassword label="New password" fault={faults.password} />
        </>
      )}
    </Form>
  );
}
