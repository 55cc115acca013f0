"use client";
import { useRouter } from "next/navigation";
import { Form } from "@/components/account/form";
import { Section } from "@/components/frame/page-head";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Field, Lines } from "@/components/ui/field";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { mutate } from "@/lib/api/mutate";
import type { CauseSettings } from "@/lib/model/settings";
import type { SaidItem } from "@/lib/queries/saidSensitivities";
import { apiUrl } from "@/lib/urls/api";

type Props = { project: string; settings: CauseSettings; said: SaidItem[] };

/** What is not the code, and how ready the detector is to tell a step. */
export function Causes({ project, settings, said }: Props) {
  return (
    <>
      <Section title="Not the code" className="">
        <CauseForm project={project} settings={settings} />
      </Section>
      <Section
        title="Sensitivity of the detector"
        note="0.5 to 2; the nearest holds: workload, metric, project, else 1"
      >
        <SensitivityForm project={project} said={said} />
        <SaidTable project={project} said={said.filter(({ level }) => level !== "project")} />
      </Section>
    </>
  );
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** "dask https://..." lines as a map; a line without an address is told by the server. */
const mapOf = (text: string) =>
  Object.fromEntries(
    linesOf(text).map((line) => {
      const [, name = line, address = ""] = /^(.*?)\s+(\S+)$/.exec(line) ?? [];
      return [name, address];
    }),
  );

function CauseForm({ project, settings }: Omit<Props, "said">) {
  const router = useRouter();
  return (
    <Form
      submit="Save"
      keep
      className="max-w-[640px]"
      send={async (values) => {
        const body = {
          controlWorkloads: linesOf(values.one("controlWorkloads")),
          controlEnvironments: linesOf(values.one("controlEnvironments")),
          components: mapOf(values.one("components")),
          notes: linesOf(values.one("notes")),
        };
        await mutate(apiUrl.settings(project), { method: "PATCH", body });
        router.refresh();
        return "Saved. Controls hold from the next analysis on.";
      }}
    >
      {(faults) => (
        <>
          <Lines
            name="controlWorkloads"
            label="Control workloads, one per line"
            hint="They run something pinned: where they move along, a shift is the environment's and not the code's."
            value={settings.controlWorkloads}
            fault={faults.controlWorkloads}
          />
          <Lines
            name="controlEnvironments"
            label="Control environments, one per line"
            value={settings.controlEnvironments}
            fault={faults.controlEnvironments}
          />
          <Lines
            name="components"
            label="Repositories of components: name and address, one per line"
            hint="A component that changed within a shift's range gets a compare link."
            placeholder="dask https://github.com/dask/dask"
            value={Object.entries(settings.components).map(([name, address]) => `${name} ${address}`)}
            fault={Object.entries(faults).find(([path]) => path.startsWith("components"))?.[1]}
          />
          <Lines
            name="notes"
            label="Facts of environments that are mere notes, one per line"
            hint="Such as a host name: when they change no line breaks. For runs that are sent from now on."
            placeholder="host"
            value={settings.notes}
            fault={faults.notes}
          />
        </>
      )}
    </Form>
  );
}

function SensitivityForm({ project, said }: Omit<Props, "settings">) {
  const router = useRouter();
  const own = said.find(({ level }) => level === "project")?.value ?? null;
  return (
    <Form
      submit="Save"
      look="outline"
      keep
      className="max-w-[360px]"
      send={async (values) => {
        const typed = values.one("value").trim();
        const body = { level: "project", value: typed === "" ? null : Number(typed) };
        await mutate(apiUrl.sensitivity(project), { method: "PATCH", body });
        router.refresh();
        return "Saved. Every line is analysed anew.";
      }}
    >
      {(faults) => (
        <Field
          name="value"
          label="For the whole project"
          hint="Left out: 1. More finds smaller steps, and more false ones. Try it out on a workload's page first."
          type="number"
          min={0.5}
          max={2}
          step={0.05}
          defaultValue={own ?? undefined}
          fault={faults.value}
        />
      )}
    </Form>
  );
}

function SaidTable({ project, said }: { project: string; said: SaidItem[] }) {
  const router = useRouter();
  if (said.length === 0) return null;
  return (
    <Table label="Sensitivities" className="mt-4">
      <thead>
        <tr>
          <Head>For</Head>
          <Head>Name</Head>
          <Head numeric>Sensitivity</Head>
          <Head className="relative">
            <span className="sr-only">Take back</span>
          </Head>
        </tr>
      </thead>
      <tbody>
        {said.map(({ level, name, value }) => (
          <Row key={`${level} ${name}`}>
            <Cell>{level}</Cell>
            <Cell className="font-medium [overflow-wrap:anywhere]">{name}</Cell>
            <Cell numeric>{value.toFixed(2)}</Cell>
            <Cell numeric>
              <ConfirmButton
                look="ghost"
                question="Its lines are analysed anew."
                confirm="Take back"
                label={`Take back the sensitivity of ${name}`}
                act={async () => {
                  const body = { level, [level]: name, value: null };
                  await mutate(apiUrl.sensitivity(project), { method: "PATCH", body });
                  router.refresh();
                }}
              >
                Take back
              </ConfirmButton>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
