import { Field, Lines } from "@/components/ui/field";
import { Option } from "@/components/ui/option";
import type { Channel } from "@/lib/model/notification";
import type { RouteItem } from "@/lib/queries/notifications";
import { faultAt, textOf, textsOf } from "./notification-words";

type Props = { channel: Channel; route: RouteItem | null; faults: Record<string, string> };

/** Where a route leads: what its channel needs to know. */
export function TargetFields({ channel, route, faults }: Props) {
  if (channel === "email")
    return (
      <Lines
        name="to"
        label="Addresses, one per line"
        placeholder="perf@example.org"
        value={textsOf(route?.target.to)}
        hint="At most 20."
        fault={faultAt(faults, "target.to")}
      />
    );
  if (channel === "github") return <GithubFields route={route} faults={faults} />;
  return (
    <Field
      name="url"
      label={channel === "slack" ? "Address of the incoming webhook" : "Address"}
      type="url"
      placeholder={channel === "slack" ? "https://hooks.slack.com/services/…" : "https://example.org/hooks/tidemark"}
      defaultValue={textOf(route?.target.url)}
      required
      maxLength={2000}
      autoComplete="off"
      hint={
        channel === "slack"
          ? "Slack, Mattermost, Rocket.Chat: whatever takes Slack's messages."
          : "JSON is posted there, signed with a key that is shown once."
      }
      fault={faultAt(faults, "target.url")}
    />
  );
}

function GithubFields({ route, faults }: Omit<Props, "channel">) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field
          name="repository"
          label="Repository"
          placeholder="dask/distributed"
          defaultValue={textOf(route?.target.repository)}
          required
          maxLength={200}
          autoComplete="off"
          hint="One issue per shift is kept up to date there."
          fault={faultAt(faults, "target.repository")}
        />
        <Field
          name="secret"
          label="Token"
          type="password"
          required={route === null}
          maxLength={500}
          autoComplete="new-password"
          hint={route === null ? "May write issues." : `Ends in ${route.secretHint ?? "–"}. Left empty, it stays.`}
          fault={faults.secret}
        />
        <Field
          name="labels"
          label="Labels, by commas"
          defaultValue={route === null ? "performance" : textsOf(route.target.labels).join(", ")}
          required
          autoComplete="off"
          hint="By them an issue is found again."
          fault={faultAt(faults, "target.labels")}
        />
        <Field
          name="api"
          label="Root of the API"
          type="url"
          defaultValue={textOf(route?.target.api) || "https://api.github.com"}
          maxLength={2000}
          autoComplete="off"
          hint="That of GitHub Enterprise ends with /api/v3."
          fault={faultAt(faults, "target.api")}
        />
      </div>
      <Option
        type="checkbox"
        name="pullRequests"
        defaultChecked={route?.target.pullRequests === true}
        label="On pull requests too"
        hint="a comment, where the range holds one commit that came with one"
      />
    </>
  );
}
