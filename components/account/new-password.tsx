import { Field } from "@/components/ui/field";
import { PASSWORD } from "@/lib/model/password";

/** A password to be chosen. The server has the last word on its length. */
export function NewPassword({ label, fault }: { label: string; fault?: string }) {
  return (
    <Field
      name="password"
      label={label}
      hint={`${PASSWORD.least} characters or more; a phrase is fine.`}
      type="password"
      autoComplete="new-password"
      required
      minLength={PASSWORD.least}
      maxLength={PASSWORD.most}
      fault={fault}
    />
  );
}
