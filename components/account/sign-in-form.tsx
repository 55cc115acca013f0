"use client";
import { Field } from "@/components/ui/field";
import { mutate } from "@/lib/api/mutate";
import { apiUrl } from "@/lib/urls/api";
import { Form } from "./form";

/** E-mail address and password. The whole page is read anew afterwards: what may be seen has changed. */
export function SignInForm({ next }: { next: string }) {
  return (
    <Form
      submit="Sign in"
      send={async (values) => {
        await mutate(apiUrl.auth.signIn, { body: { email: values.one("email"), password: values.one("password") } });
        window.location.assign(next);
        return "Signed in.";
      }}
    >
      {() => (
        <>
          <Field name="email" label="E-mail address" type="email" autoComplete="username" required autoFocus />
          <Field name="password" label="Password" type="password" autoComplete="current-password" required />
        </>
      )}
    </Form>
  );
}
