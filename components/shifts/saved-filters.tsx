"use client";
import { X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Form } from "@/components/account/form";
import { buttonClasses, IconButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Menu } from "@/components/ui/menu";
import { mutate } from "@/lib/api/mutate";
import type { SavedFilterItem } from "@/lib/queries/savedFilters";
import { apiUrl } from "@/lib/urls/api";

type Props = {
  project: string;
  filters: readonly SavedFilterItem[];
  /** The query of the list as it is now. */
  query: string;
  mayTriage: boolean;
};

/** Filters that the project keeps under a name: addresses of the list. */
export function SavedFilters({ project, filters, query, mayTriage }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  if (filters.length === 0 && !mayTriage) return null;
  return (
    <>
      <Menu
        label="Saved filters"
        align="end"
        className={buttonClasses("ghost")}
        trigger="Saved filters"
        items={[
          ...filters.map((filter) => ({
            key: String(filter.id),
            label: filter.name,
            href: filter.href,
            selected: filter.query === query,
          })),
          ...(mayTriage ? [{ key: "edit", label: "Save or remove …", onSelect: () => setOpen(true) }] : []),
        ]}
      />
      <Dialog title="Saved filters" open={isOpen} onClose={() => setOpen(false)}>
        <Form
          submit="Save this filter"
          send={async (values) => {
            await mutate(apiUrl.filters(project), { body: { name: values.one("filter-name"), query } });
            router.refresh();
            return "Saved.";
          }}
        >
          {(faults) => (
            <Field
              name="filter-name"
              label="Name for the list as it is now"
              hint={<span className="sha [overflow-wrap:anywhere]">{query || "no filter, sorted by the queue"}</span>}
              fault={faults.name}
              maxLength={100}
              required
              autoComplete="off"
            />
          )}
        </Form>
        {filters.length > 0 && (
          <ul className="mt-4 flex flex-col">
            {filters.map(({ id, name, href, createdBy }) => (
              <li key={id} className="flex min-h-(--row) items-center gap-2 border-b border-grid">
                <Link href={href} className="link min-w-0 truncate" prefetch={false}>
                  {name}
                </Link>
                <span className="ml-auto text-label whitespace-nowrap text-ink-3">{createdBy}</span>
                <IconButton
                  label={`Remove ${name}`}
                  onClick={async () => {
                    await mutate(apiUrl.filter(project, id), { method: "DELETE" });
                    router.refresh();
                  }}
                >
                  <X className="size-4" strokeWidth={1.5} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </Dialog>
    </>
  );
}
