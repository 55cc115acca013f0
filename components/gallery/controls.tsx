"use client";
import { Check, Link2 } from "lucide-react";
import { useState } from "react";
import { MemberDelta } from "@/components/frame/largest";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { CopyButton } from "@/components/ui/copy-button";
import { Choices, Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Select } from "@/components/ui/menu";
import { SegmentedButtons } from "@/components/ui/segmented";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Command, EmptyState, ErrorState } from "@/components/ui/state";
import { StatusDot } from "@/components/ui/status-dot";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Specimen } from "./specimen";

/** Buttons, choices, verdicts, tables and the states of a page. */
export function Controls({ theme }: { theme: string }) {
  const [scale, setScale] = useState<"fit" | "zero" | "log">("fit");
  const id = (name: string) => `${theme}-${name}`;
  return (
    <>
      <Specimen title="Buttons">
        <span className="flex flex-wrap gap-2">
          <Button look="primary">Sign off</Button>
          <CopyButton text={() => "gallery"} icon={<Link2 className="size-4" strokeWidth={1.5} aria-hidden />}>
            Copy
          </CopyButton>
          <Button look="ghost">Ghost</Button>
          <Button disabled>Disabled</Button>
          <IconButton label="Check">
            <Check className="size-4" strokeWidth={1.5} aria-hidden />
          </IconButton>
          <ConfirmButton question="Really?" confirm="Remove" act={async () => undefined}>
            Remove
          </ConfirmButton>
        </span>
      </Specimen>
      <Specimen title="Select, segments, keys">
        <span className="flex flex-wrap items-center gap-2">
          <Select
            label="Environment"
            value="vm-b"
            items={[
              { key: "b", label: "vm-b", selected: true, onSelect: () => undefined },
              { key: "a", label: "vm-a", hint: "ended", onSelect: () => undefined },
            ]}
          />
          <SegmentedButtons
            label={`Scale, ${theme}`}
            value={scale}
            onChange={setScale}
            items={[
              { key: "fit", label: "Fit" },
              { key: "zero", label: "Zero" },
              { key: "log", label: "Log" },
            ]}
          />
          <Kbd>Ctrl K</Kbd>
        </span>
      </Specimen>
      <Specimen title="Fields">
        <div className="grid gap-3">
          <Field name={id("name")} label="Name" hint="What stands in the list" />
          <Field
            name={id("fault")}
            label="Slug"
            defaultValue="api"
            fault="'api' names a page of Tidemark: choose another."
          />
          <Choices
            name={id("role")}
            label="Role"
            value="member"
            items={[
              { key: "member", label: "Member", hint: "reads and triages" },
              { key: "admin", label: "Admin", hint: "everything" },
            ]}
          />
        </div>
      </Specimen>
      <Specimen title="Verdicts and changes" text="Word or sign, glyph, fill, colour.">
        <span className="flex flex-wrap items-center gap-2">
          <Badge tone="worse" way="up">
            Regression
          </Badge>
          <Badge tone="better" way="down">
            Improvement
          </Badge>
          <Badge tone="mixed">Mixed</Badge>
          <Badge tone="same">Unchanged</Badge>
          <Badge tone="unsure">Inconclusive, 6 more runs</Badge>
          <Badge tone="warn">Undecided</Badge>
          <MemberDelta member={{ change: 0.166, difference: 1, unit: "s", direction: "regression" }} />
          <MemberDelta member={{ change: -0.205, difference: -1, unit: "s", direction: "improvement" }} />
          <MemberDelta member={{ change: null, difference: 5, unit: "s", direction: "rose" }} />
        </span>
      </Specimen>
      <Specimen title="Status of a shift">
        <span className="flex flex-wrap gap-4">
          {(["full", "half", "ring", "done", "dashed"] as const).map((shape) => (
            <StatusDot key={shape} shape={shape}>
              {shape}
            </StatusDot>
          ))}
        </span>
      </Specimen>
      <Specimen title="Table" text="Plain, picked, loading.">
        <Table label={`Rows, ${theme}`}>
          <thead>
            <tr>
              <Head>Shift</Head>
              <Head numeric>Change</Head>
            </tr>
          </thead>
          <tbody>
            <Row>
              <Cell>#19 Worker CPU of tree_reduction</Cell>
              <Cell numeric>+73.6 %</Cell>
            </Row>
            <Row picked>
              <Cell>#23 Worker CPU of tree_reduction</Cell>
              <Cell numeric>−23.4 %</Cell>
            </Row>
            <Row aria-busy="true">
              <Cell>
                <Skeleton className="w-40" />
              </Cell>
              <Cell numeric>
                <Skeleton className="w-12" />
              </Cell>
            </Row>
          </tbody>
        </Table>
      </Specimen>
      <Specimen title="Loading" text="After 150 ms, still with reduced motion.">
        <Loading label={`Loading, ${theme}`}>
          <Skeleton className="w-1/2" />
        </Loading>
      </Specimen>
      <Specimen title="Empty">
        <EmptyState title="No runs on this branch yet" className="py-4!">
          Send the first with
          <Command>tidemark push runs.ndjson</Command>
        </EmptyState>
      </Specimen>
      <Specimen title="Error">
        <ErrorState title="The series could not be read" className="py-4!" actions={<Button>Try again</Button>}>
          The database did not answer within 10 s. The other charts are not affected.
        </ErrorState>
      </Specimen>
      <Specimen title="Filtered to nothing">
        <EmptyState title="0 of 50 rows match" className="py-4!" actions={<Button>Show 50</Button>}>
          No name contains “x”.
        </EmptyState>
      </Specimen>
    </>
  );
}
