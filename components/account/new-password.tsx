import { Field } from "@/components/ui/field";

const LEAST = 10;
const MOST = 128;

/** A password to be chosen. The server has the last word on its length. */
export function NewPassword({ label, fault }: { label: string; fault?: string }) {
  return (
    <Field
      name="password"
      label={label}
      hint={`${LEAST} characters or more; a phrase is fine.`}
      type="password"
      autoComplete="new-password"
      required
      minLength={LEAST}
      maxLength={MOST}
      fault={fault}
    />
  );
}
