"use client";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { issueLabel } from "@/lib/urls/linkedIssue";

type Props = {
  issues: readonly string[];
  mayChange: boolean;
  isBusy: boolean;
  onLink: (link: string) => void;
  onUnlink: (link: string) => void;
};

/** Issues and pull requests, as a line of a list of facts. */
export function LinkLines({ issues, mayChange, isBusy, onLink, onUnlink }: Props) {
  const [isOpen, setOpen] = useState(false);
  if (!mayChange && issues.length === 0) return null;
  return (
    <>
      <dt>Issues</dt>
      <dd className="flex min-w-0 flex-col gap-1">
        {issues.map((url) => (
          <span key={url} className="flex min-w-0 items-baseline gap-1">
            <IssueLink url={url} />
            {mayChange && (
              <button
                type="button"
                aria-label={`Unlink ${issueLabel(url)}`}
                title="Unlink"
                disabled={isBusy}
                onClick={() => onUnlink(url)}
                className="-my-1 flex size-6 shrink-0 items-center justify-center self-center text-ink-3 hover:text-ink"
              >
                <X className="size-3.5" strokeWidth={1.5} aria-hidden />
              </button>
            )}
          </span>
        ))}
        {mayChange && (
          <button
            type="button"
            disabled={isBusy}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="flex min-h-5 items-center gap-1.5 text-ink-2 hover:text-ink"
          >
            <Plus className="size-4" strokeWidth={1.5} aria-hidden />
            Link issue
          </button>
        )}
      </dd>
      {isOpen && (
        <dd className="col-span-2 my-1 rounded-2 bg-surface p-3">
          <LinkFields
            onDone={(link) => {
              setOpen(false);
              if (link) onLink(link);
            }}
          />
        </dd>
      )}
    </>
  );
}

/** An address of an issue, shown short. What is no http(s) address is text. */
export function IssueLink({ url }: { url: string }) {
  const label = issueLabel(url);
  if (!/^https?:\/\//i.test(url)) return <span className="[overflow-wrap:anywhere]">{url}</span>;
  return (
    <a
      href={url}
      title={url}
      className="link min-w-0 [overflow-wrap:anywhere]"
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {label}
    </a>
  );
}

/** An issue or pull request to be linked. */
export function LinkFields({ onDone }: { onDone: (link: string | null) => void }) {
  const [link, setLink] = useState("");
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(link.trim() || null);
      }}
    >
      <Field
        name="link-issue"
        label="Address, or number in the repository"
        placeholder="#7280"
        value={link}
        maxLength={2048}
        autoComplete="off"
        autoFocus
        spellCheck={false}
        onChange={(event) => setLink(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onDone(null);
        }}
      />
      <Button type="submit" className="self-start" disabled={link.trim() === ""}>
        Link
      </Button>
    </form>
  );
}
