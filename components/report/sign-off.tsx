"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Form } from "@/components/account/form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { useAlive } from "@/components/ui/use-alive";
import { mutate, WriteFailed } from "@/lib/api/mutate";
import { plural } from "@/lib/format/number";
import type { Block } from "@/lib/release/decide";
import type { ReportState } from "@/lib/release/read";
import { apiUrl } from "@/lib/urls/api";
import { Part } from "./part";

type Props = {
  slug: string;
  candidate: string;
  state: ReportState;
  /** 0: nobody has written to it yet. */
  number: number;
  revision: number;
  against: string | null;
  blocks: readonly Block[];
  pending: number;
  mayTriage: boolean;
  /** Who signed or rejected it, in words; null: nobody yet. */
  decided: string | null;
};

/** The end of the report: what still blocks, and the steps from draft to sign-off. */
export function SignOff(props: Props) {
  const { blocks, decided, mayTriage, state } = props;
  const isDecided = decided !== null;
  return (
    <Part title="Sign-off">
      {isDecided && <p className="font-medium [overflow-wrap:anywhere]">{decided}</p>}
      {!isDecided && blocks.length > 0 && (
        <>
          <p className="text-ink-2">{plural(blocks.length, "thing")} in the way: decide on the shift, or waive it.</p>
          <ul className="mt-1 list-disc pl-5">
            {blocks.map((block) => (
              <li key={block.text} className="[overflow-wrap:anywhere]">
                {block.text}
                {mayTriage && <WaiverForm {...props} block={block} />}
              </li>
            ))}
          </ul>
        </>
      )}
      {!isDecided && blocks.length === 0 && <p className="text-ink-2">Nothing is in the way of a sign-off.</p>}
      {mayTriage ? (
        <Steps {...props} />
      ) : (
        !isDecided && <p className="mt-2 text-ink-3 print:hidden">Sign in to decide.</p>
      )}
      {state !== "signed" && state !== "rejected" && (
        <div className="mt-8 hidden grid-cols-2 gap-12 print:grid">
          {["Release manager", "Date (UTC)"].map((label) => (
            <div key={label} className="border-b border-ink pb-8 text-ink-3">
              {label}
            </div>
          ))}
        </div>
      )}
    </Part>
  );
}

function Steps({ slug, candidate, state, number, revision, against, blocks, pending }: Props) {
  const router = useRouter();
  const isAlive = useAlive();
  const [fault, setFault] = useState<string | null>(null);
  const [isRejecting, setRejecting] = useState(false);
  const move = async (to: ReportState, more: { reason?: string; against?: string } = {}) => {
    setFault(null);
    try {
      await mutate(apiUrl.report(slug), { method: "PATCH", body: { candidate, revision, state: to, ...more } });
      router.refresh();
    } catch (error) {
      if (!(error instanceof WriteFailed)) throw error;
      setFault(error.message);
    }
  };
  const refusal =
    state === "draft"
      ? "A draft still moves: freeze it first."
      : blocks.length > 0
        ? `${plural(blocks.length, "thing")} in the way, listed above.`
        : null;
  const isOpen = state === "draft" || state === "frozen";
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2 text-base print:hidden">
      {state === "draft" && (
        <>
          {number === 0 && (
            <Button
              disabled={!isAlive}
              onClick={() => move("draft")}
              title="Keeps what changes from one analysis to the next"
            >
              Follow this draft
            </Button>
          )}
          <Button
            disabled={!isAlive || pending > 0}
            title={pending > 0 ? "The analysis is not done yet" : undefined}
            onClick={() => move("frozen", against === null ? {} : { against })}
          >
            Freeze
          </Button>
        </>
      )}
      {isOpen && (
        <Button
          look={refusal === null ? "primary" : "outline"}
          disabled={!isAlive || refusal !== null}
          aria-describedby={refusal === null ? undefined : "sign-off-refusal"}
          onClick={() => move("signed")}
        >
          Sign off
        </Button>
      )}
      {state === "frozen" && !isRejecting && (
        <Button look="ghost" disabled={!isAlive} onClick={() => setRejecting(true)}>
          Reject
        </Button>
      )}
      {state !== "draft" && (
        <Button look="ghost" disabled={!isAlive} onClick={() => move("draft")}>
          Begin a new draft
        </Button>
      )}
      {isOpen && refusal !== null && (
        <span id="sign-off-refusal" className="text-ink-3">
          {refusal}
        </span>
      )}
      {fault && (
        <p role="alert" className="basis-full text-warn [overflow-wrap:anywhere]">
          {fault}
        </p>
      )}
      {isRejecting && state === "frozen" && (
        <Form
          submit="Reject the release"
          look="outline"
          className="basis-full"
          send={async (values) => {
            await mutate(apiUrl.report(slug), {
              method: "PATCH",
              body: { candidate, revision, state: "rejected", reason: values.one("reject-reason") },
            });
            router.refresh();
            return undefined;
          }}
        >
          {(faults) => <Field name="reject-reason" label="Why" required maxLength={2000} fault={faults.reason} />}
        </Form>
      )}
    </div>
  );
}

/** Waives one block: reason, who answers for it, until when. */
function WaiverForm({ slug, candidate, revision, block }: Props & { block: Block }) {
  const router = useRouter();
  const isAlive = useAlive();
  const [isOpen, setOpen] = useState(false);
  const name = block.shift === null ? (block.workload ?? "") : `#${block.shift}`;
  const id = (field: string) => `waiver-${field}-${block.shift ?? block.workload}`;
  if (!isOpen)
    return (
      <Button
        look="ghost"
        className="ml-1 text-base print:hidden"
        disabled={!isAlive}
        onClick={() => setOpen(true)}
        aria-label={`Waive ${name}`}
      >
        Waive
      </Button>
    );
  return (
    <Form
      submit={`Waive ${name}`}
      look="outline"
      className="mt-2 mb-3 max-w-[560px] rounded-3 bg-surface p-3 text-base print:hidden"
      send={async (values) => {
        await mutate(apiUrl.waivers(slug), {
          body: {
            ...{ candidate, revision },
            ...(block.shift === null ? { workload: block.workload } : { shift: block.shift }),
            reason: values.one(id("reason")),
            owner: values.one(id("owner")),
            expiresOn: values.one(id("expires")),
          },
        });
        router.refresh();
        return undefined;
      }}
    >
      {(faults) => (
        <>
          <Field
            name={id("reason")}
            label="Reason"
            required
            maxLength={2000}
            autoComplete="off"
            fault={faults.reason}
          />
          <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
            <Field
              name={id("owner")}
              label="Who answers for it"
              required
              maxLength={200}
              autoComplete="off"
              fault={faults.owner}
            />
            <Field name={id("expires")} label="Last day it holds (UTC)" type="date" required fault={faults.expiresOn} />
          </div>
        </>
      )}
    </Form>
  );
}
