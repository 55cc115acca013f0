"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Choice, type ChoiceItem } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import type { TriageRead } from "@/lib/queries/triage";
import type { Asked } from "./asked";

type Props = {
  triage: Pick<TriageRead, "owner" | "ownerId" | "me" | "people">;
  isBusy: boolean;
  onChoose: (owner: Exclude<Asked["owner"], undefined>) => void;
};

/** Who takes care of it: oneself, somebody here, any other name, or nobody. */
export function OwnerChoice({ triage: { owner, ownerId, me, people }, isBusy, onChoose }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [isTyping, setTyping] = useState(false);
  const others = people.filter(({ id }) => id !== me?.id);
  const items: ChoiceItem[] = [
    ...(me
      ? [{ key: "me", content: `${me.name} (you)`, selected: ownerId === me.id, onSelect: () => onChoose("me") }]
      : []),
    ...others.map(({ id, name }) => ({
      key: String(id),
      content: name,
      selected: ownerId === id,
      onSelect: () => onChoose({ user: id }),
    })),
    {
      key: "other",
      content: owner !== null && ownerId === null ? `${owner}, or another name …` : "Another name …",
      selected: owner !== null && ownerId === null,
      onSelect: () => setTyping(true),
    },
    { key: "nobody", content: "Nobody", selected: owner === null, onSelect: () => onChoose(null) },
  ];
  return (
    <>
      <Choice
        name="Owner"
        label="Owner"
        value={owner ?? <span className="font-normal text-ink-2">unassigned</span>}
        items={items}
        open={isOpen}
        onOpenChange={setOpen}
        disabled={isBusy}
      />
      {isTyping && (
        <OtherName
          onDone={(name) => {
            setTyping(false);
            if (name) onChoose(name);
          }}
        />
      )}
    </>
  );
}

/** A name that nobody here has: a team, somebody without an account. */
export function OtherName({ onDone }: { onDone: (name: string | null) => void }) {
  const [name, setName] = useState("");
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(name.trim() || null);
      }}
    >
      <Field
        name="other-owner"
        label="Name of a person or team"
        className="grow"
        value={name}
        maxLength={100}
        autoComplete="off"
        autoFocus
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onDone(null);
        }}
      />
      <Button type="submit">Assign</Button>
    </form>
  );
}
