"use client";
import { useState } from "react";
import { Form, type Values } from "@/components/account/form";
import type { AxisCommit } from "@/components/charts/chart-store";
import { Dialog } from "@/components/ui/dialog";
import { Choices, Field } from "@/components/ui/field";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { Option } from "@/components/ui/option";
import { mutate } from "@/lib/api/mutate";
import { formatChange } from "@/lib/format/change";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import { formatDifference } from "@/lib/format/unit";
import type { RunItem } from "@/lib/queries/runs";
import type { WorkloadRead } from "@/lib/queries/workload";
import { apiUrl } from "@/lib/urls/api";
import { movedKey, readMovedKey } from "./moved";
import type { PinnedLine } from "./pin-card";
import { useReanalysis } from "./use-detectors";

type Kind = "exclude" | "mark" | "move" | "event";
type Props = { head: WorkloadRead; commit: AxisCommit; lines: readonly PinnedLine[] };

const TITLES: Record<Kind, string> = {
  exclude: "Leave out",
  mark: "Mark a shift that was missed",
  move: "Move a shift here",
  event: "Note an event",
};

/** What people with the scope may correct at a pinned commit. Each wants a reason, and is told as by hand. */
export function PinActions({ head, commit, lines }: Props) {
  const [kind, setKind] = useState<Kind | null>(null);
  const measured = lines.filter(({ points }) => points.has(commit.sha));
  const item = (key: Kind, label: string): MenuItem => ({ key, label, onSelect: () => setKind(key) });
  const items = [
    ...(measured.length > 0
      ? [item("exclude", "Leave this point or its runs out…"), item("mark", "Mark a shift that begins here…")]
      : []),
    ...(movable(measured, commit).length > 0 ? [item("move", "Move a shift here…")] : []),
    item("event", "Note an event here…"),
  ];
  return (
    <>
      <Menu trigger="Correct…" label="Correct" className="link" items={items} />
      {kind && (
        <Dialog title={`${TITLES[kind]} at ${shortSha(commit.sha)}`} open onClose={() => setKind(null)}>
          <Correction kind={kind} head={head} commit={commit} lines={measured} done={() => setKind(null)} />
        </Dialog>
      )}
    </>
  );
}

function Correction({ kind, head, commit, lines, done }: Props & { kind: Kind; done: () => void }) {
  const slug = head.project.slug;
  const reanalysed = useReanalysis(slug);
  const send = async (values: Values) => {
    await SEND[kind]({ head, commit, values });
    await reanalysed();
    done();
    return undefined;
  };
  const metrics = lines.map(({ read, label }) => ({ key: read.metric, label, hint: "" }));
  const [first] = metrics;
  return (
    <Form submit={TITLES[kind]} send={send} keep>
      {(faults) => (
        <>
          {kind === "exclude" && (
            <Choices
              name="metric"
              label="What to leave out of all levels and findings"
              value={first?.key ?? RUNS}
              items={[
                ...metrics.map((one) => ({ ...one, label: `${one.label} here` })),
                { key: RUNS, label: "Whole runs", hint: "everything that was measured here in this environment" },
              ]}
            />
          )}
          {kind === "mark" && <Choices name="metric" label="Of" value={first?.key ?? ""} items={metrics} />}
          {kind === "move" && <MoveChoices lines={lines} commit={commit} />}
          {kind === "event" && <EventFields faults={faults} />}
          {kind !== "event" && (
            <Field name="reason" label="Reason" required maxLength={2000} autoComplete="off" fault={faults.reason} />
          )}
        </>
      )}
    </Form>
  );
}

/** Changepoints of a line that may have been told at the wrong commit, the nearest first. */
function movable(lines: readonly PinnedLine[], commit: AxisCommit) {
  return lines
    .flatMap((line) => line.read.changepoints.map((change) => ({ line, change })))
    .filter(({ change }) => change.sha !== commit.sha)
    .map((one) => ({ ...one, off: Math.abs(one.change.position - commit.position) }))
    .sort((a, b) => a.off - b.off)
    .slice(0, MOST_MOVES);
}

const MOST_MOVES = 6;

function MoveChoices({ lines, commit }: Pick<Props, "lines" | "commit">) {
  const items = movable(lines, commit).map(({ line, change, off }) => {
    const size = change.change === null ? formatDifference(change.difference, line.scale) : formatChange(change.change);
    return {
      key: movedKey(line.read.metric, change.sha),
      label: `${line.label}, ${size} at ${shortSha(change.sha)}`,
      hint: `${plural(off, "commit")} ${change.position < commit.position ? "earlier" : "later"}`,
    };
  });
  return <Choices name="moved" label="The shift that begins here instead" value={items[0]?.key ?? ""} items={items} />;
}

/** Stands for the whole runs among the names of metrics, none of which is empty. */
const RUNS = "";

function EventFields({ faults }: { faults: Record<string, string> }) {
  return (
    <>
      <Field
        name="text"
        label="Note"
        placeholder="New VM type"
        required
        maxLength={2000}
        autoComplete="off"
        fault={faults.text}
      />
      <Choices
        name="scope"
        label="Where it holds"
        value="workload"
        items={[
          { key: "workload", label: "This workload", hint: "in all environments" },
          { key: "environment", label: "This environment", hint: "all workloads" },
          { key: "project", label: "The project", hint: "everything" },
        ]}
      />
      <Option type="checkbox" name="border" label="Border" hint="nothing before it is compared with what follows" />
    </>
  );
}

type Sending = { head: WorkloadRead; commit: AxisCommit; values: Values };

const lineOf = ({ name, chosen }: WorkloadRead, metric: string) => ({
  workload: name,
  params: chosen.params,
  metric,
  environment: chosen.environment,
});

const SEND: Record<Kind, (sending: Sending) => Promise<void>> = {
  async exclude({ head, commit, values }) {
    const [metric, reason] = [values.one("metric"), values.one("reason")];
    const url = apiUrl.exclusions(head.project.slug);
    if (metric !== RUNS) {
      await mutate(url, { body: { commit: commit.sha, ...lineOf(head, metric), reason } });
      return;
    }
    for (const run of await runsAt(head, commit)) await mutate(url, { body: { run, reason } });
  },
  async mark({ head, commit, values }) {
    const body = { commit: commit.sha, ...lineOf(head, values.one("metric")), reason: values.one("reason") };
    await mutate(apiUrl.corrections(head.project.slug), { body });
  },
  async move({ head, commit, values }) {
    const { metric, sha: moves } = readMovedKey(values.one("moved"));
    const body = { commit: commit.sha, moves, ...lineOf(head, metric), reason: values.one("reason") };
    await mutate(apiUrl.corrections(head.project.slug), { body });
  },
  async event({ head, commit, values }) {
    const scope = values.one("scope");
    await mutate(apiUrl.events(head.project.slug), {
      body: {
        text: values.one("text"),
        commit: commit.sha,
        border: values.one("border") === "on",
        ...(scope === "workload" && { workload: head.name }),
        ...(scope === "environment" && { environment: head.chosen.environment }),
      },
    });
  },
};

/** Keys of the runs of a commit in the chosen environment. */
async function runsAt({ project, chosen }: WorkloadRead, { sha }: AxisCommit): Promise<string[]> {
  const path = apiUrl.runs(project.slug, { commit: sha, environment: chosen.environment });
  const response = await fetch(path, { headers: { accept: "application/json" } });
  const { items = [] } = (await response.json()) as { items?: RunItem[] };
  return items.map(({ key }) => key);
}
