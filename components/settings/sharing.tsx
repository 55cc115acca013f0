"use client";
import { Copy } from "lucide-react";
import { useRouter } from "next/navigation";
import { Form } from "@/components/account/form";
import { Section } from "@/components/frame/page-head";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { mutate } from "@/lib/api/mutate";
import type { SharedLinks } from "@/lib/queries/sharing";
import { apiUrl } from "@/lib/urls/api";
import { shareUrl } from "@/lib/urls/share";

type Props = {
  project: string;
  /** The form for a new issue as it is set; null: that of the repository's host. */
  issueUrl: string | null;
  /** What is taken where none is set; null: the project names no repository on http(s). */
  preset: string | null;
  links: SharedLinks;
  /** The page that the badge leads to, absolute. */
  url: string;
};

/** What leaves the server for this project: the form for issues, feeds, the badge. */
export function Sharing({ project, issueUrl, preset, links, url }: Props) {
  return (
    <Section title="Sharing">
      <IssueForm project={project} issueUrl={issueUrl} preset={preset} />
      <dl className="mt-6 grid max-w-[820px] grid-cols-[96px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 max-sm:grid-cols-[minmax(0,1fr)_auto]">
        <Address name="Atom feed" text={links.atom} />
        <Address name="JSON feed" text={links.json} />
        <Address name="Badge" text={`[![performance](${links.badge})](${url})`} />
      </dl>
      {links.signed && <SignedLinks project={project} />}
    </Section>
  );
}

function IssueForm({ project, issueUrl, preset }: Pick<Props, "project" | "issueUrl" | "preset">) {
  const router = useRouter();
  return (
    <Form
      submit="Save"
      look="outline"
      keep
      className="max-w-[640px]"
      send={async (values) => {
        const typed = values.one("issueUrl").trim();
        await mutate(apiUrl.settings(project), { method: "PATCH", body: { issueUrl: typed === "" ? null : typed } });
        router.refresh();
        return "Saved.";
      }}
    >
      {(faults) => (
        <Field
          name="issueUrl"
          label="Form for a new issue"
          hint="{title}, {body} and {url} are filled in. Empty: the form of the repository’s host."
          placeholder={preset ?? "https://tracker.example/create?summary={title}&description={body}"}
          defaultValue={issueUrl ?? undefined}
          maxLength={2048}
          fault={faults.issueUrl}
        />
      )}
    </Form>
  );
}

function Address({ name, text }: { name: string; text: string }) {
  return (
    <>
      <dt className="text-ink-3 max-sm:col-span-2">{name}</dt>
      <dd className="truncate font-mono text-label text-ink-2" title={text}>
        {text}
      </dd>
      <dd>
        <CopyButton look="ghost" text={() => text} icon={<Copy className="size-4" strokeWidth={1.5} aria-hidden />}>
          Copy<span className="sr-only"> {name}</span>
        </CopyButton>
      </dd>
    </>
  );
}

function SignedLinks({ project }: { project: string }) {
  const router = useRouter();
  return (
    <div className="mt-5 flex max-w-[820px] flex-wrap items-center justify-between gap-3">
      <p className="max-w-[62ch] text-ink-2">
        The project is private: these addresses, and those of pictures in copied Markdown, are signed. Whoever has one
        sees that one thing.
      </p>
      <ConfirmButton
        question="Every signed address stops working at once: pictures in issues, feeds, badges."
        confirm="Void them"
        act={async () => {
          await mutate(shareUrl.links(project), { method: "DELETE" });
          router.refresh();
        }}
      >
        Void all signed links
      </ConfirmButton>
    </div>
  );
}
