"use client";
import { mutate } from "@/lib/api/mutate";
import { apiUrl } from "@/lib/urls/api";
import { Form } from "./form";
import { NewPassword } from "./new-password";

/** Chooses a password with the code that follows '#' in the link. Browsers send that part to no server, so it is read here. */
export function InvitationForm() {
  return (
    <Form
      submit="Set password and sign in"
      send={async (values) => {
        const code = decodeURIComponent(window.location.hash.slice(1));
        await mutate(apiUrl.auth.invitation, { body: { code, password: values.one("password") } });
        window.location.assign("/");
        return "Signed in.";
      }}
    >
      {(faults) => <NewPassword label="Password" fault={faults.password} />}
    </Form>
  );
}
