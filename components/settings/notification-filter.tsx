import { Field, SelectField } from "@/components/ui/field";
import { Option } from "@/components/ui/option";
import { metricLabel } from "@/lib/format/name";
import { DEFAULT_FILTER, type RouteFilter } from "@/lib/model/notification";
import { SHIFT_DIRECTIONS } from "@/lib/model/words";
import type { RouteNames } from "@/lib/queries/routeNames";
import { DIRECTION_NAME, faultAt, percentOf } from "./notification-words";

type Props = { filter: RouteFilter | null; names: RouteNames; faults: Record<string, string> };

/** For which shifts a route is: everything named must hold. */
export function FilterFields({ filter, names, faults }: Props) {
  const { directions, workload, metric, environment, minChange } = filter ?? DEFAULT_FILTER;
  const directionsFault = faultAt(faults, "filter.directions");
  const metrics = names.metrics.map(({ name, displayName }) => ({ key: name, label: metricLabel(name, displayName) }));
  const environments = names.environments.map((name) => ({ key: name, label: name }));
  return (
    <>
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1.5">
        <legend className="mb-1 text-label text-ink-2">Which shifts</legend>
        {SHIFT_DIRECTIONS.map((direction) => (
          <Option
            key={direction}
            type="checkbox"
            name="directions"
            value={direction}
            defaultChecked={directions.includes(direction)}
            label={DIRECTION_NAME[direction]}
          />
        ))}
        {directionsFault && <p className="w-full text-label text-warn">{directionsFault}</p>}
      </fieldset>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field
          name="workload"
          label="Workload, or how it begins"
          list="notification-workloads"
          placeholder={names.workloads[0]}
          defaultValue={workload ?? undefined}
          maxLength={500}
          autoComplete="off"
          hint="Left out: all."
          fault={faultAt(faults, "filter.workload")}
        />
        <Field
          name="minChange"
          label="Smallest change, %"
          inputMode="decimal"
          placeholder="10"
          defaultValue={minChange === null ? undefined : percentOf(minChange)}
          autoComplete="off"
          hint="Either way. Left out: any that was confirmed."
          fault={faultAt(faults, "filter.minChange")}
        />
        <SelectField
          name="metric"
          label="Metric"
          value={metric ?? ""}
          items={withAny(metrics, metric)}
          fault={faultAt(faults, "filter.metric")}
        />
        <SelectField
          name="environment"
          label="Environment"
          value={environment ?? ""}
          items={withAny(environments, environment)}
          fault={faultAt(faults, "filter.environment")}
        />
        <datalist id="notification-workloads">
          {names.workloads.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
    </>
  );
}

/** "any" first; a name that is filtered by stays to be chosen though nothing has it any more. */
function withAny(items: { key: string; label: string }[], chosen: string | null) {
  const gone = chosen !== null && !items.some(({ key }) => key === chosen);
  return [{ key: "", label: "any" }, ...items, ...(gone ? [{ key: chosen, label: chosen }] : [])];
}
