import { Section } from "@/components/frame/page-head";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { plural } from "@/lib/format/number";
import type { UserItem } from "@/lib/queries/users";
import { MemberActions } from "./member-actions";
import { MemberForm } from "./member-form";

/** Everybody who has an account on this server. `self`: the one who looks. */
export function Members({ users, self }: { users: UserItem[]; self: number | null }) {
  return (
    <>
      <p className="mb-4 max-w-[92ch] text-read text-pretty text-ink-2">
        Accounts belong to the whole server: a member reads every project and triages its shifts, an admin does
        everything. No mail is sent; you hand the link over yourself.
      </p>
      <MemberForm />
      <Section title="Members" note={plural(users.length, "account")}>
        <Table label="Members">
          <thead>
            <tr>
              <Head>Name</Head>
              <Head className="max-sm:hidden">E-mail address</Head>
              <Head>Role</Head>
              <Head>State</Head>
              <Head className="relative">
                <span className="sr-only">Change</span>
              </Head>
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <Row key={user.id} className={user.disabledAt === null ? undefined : "text-ink-3"}>
                <Cell className="min-w-[16ch] font-medium [overflow-wrap:anywhere]">
                  {user.name}
                  {user.id === self && <span className="font-normal text-ink-3"> you</span>}
                  <span className="block font-normal text-ink-3 sm:hidden">{user.email}</span>
                </Cell>
                <Cell className="[overflow-wrap:anywhere] max-sm:hidden">{user.email}</Cell>
                <Cell>{user.role}</Cell>
                <Cell className="sm:whitespace-nowrap">
                  <State user={user} />
                </Cell>
                <Cell numeric>
                  <MemberActions user={user} isSelf={user.id === self} />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Section>
    </>
  );
}

function State({ user: { disabledAt, invitedUntil, hasPassword, createdAt } }: { user: UserItem }) {
  if (disabledAt !== null)
    return (
      <>
        Disabled <Time at={disabledAt} />
      </>
    );
  if (invitedUntil !== null)
    return (
      <>
        {hasPassword ? "New link" : "Invited"}, until <Time at={invitedUntil} withTime />
      </>
    );
  if (!hasPassword) return "The link was not used in time";
  return (
    <>
      Since <Time at={createdAt} />
    </>
  );
}
