import { Section } from "@/components/frame/page-head";
import { EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { plural } from "@/lib/format/number";
import type { TokenItem } from "@/lib/queries/tokens";
import { RevokeToken } from "./revoke-token";
import { TokenForm } from "./token-form";

/** The tokens of a project: what programs show to be let in. */
export function Tokens({ project, tokens, total }: { project: string; tokens: TokenItem[]; total: number }) {
  return (
    <>
      <p className="mb-4 max-w-[92ch] text-read text-pretty text-ink-2">
        A program shows a token to send results or to read a private project. It is good for this project alone.
        Tidemark keeps no copy of it: what is lost is revoked and made anew.
      </p>
      <TokenForm project={project} />
      <Section
        title="Tokens"
        note={tokens.length < total ? `the newest ${tokens.length} of ${total}` : plural(total, "token")}
      >
        {tokens.length === 0 ? (
          <EmptyState title="No program has a token of this project yet">
            Whoever holds the server’s admin token can send without one.
          </EmptyState>
        ) : (
          <Table label="Tokens">
            <thead>
              <tr>
                <Head>Name</Head>
                <Head>Scopes</Head>
                <Head className="max-sm:hidden">Ends in</Head>
                <Head className="max-sm:hidden">Created</Head>
                <Head className="max-sm:hidden">Last used</Head>
                <Head className="relative">
                  <span className="sr-only">Revoke</span>
                </Head>
              </tr>
            </thead>
            <tbody>
              {tokens.map((token) => (
                <TokenRow key={token.id} project={project} token={token} />
              ))}
            </tbody>
          </Table>
        )}
      </Section>
    </>
  );
}

function TokenRow({ project, token }: { project: string; token: TokenItem }) {
  const { id, name, scopes, defaultBranch, hint, createdBy, createdAt, lastUsedAt, revokedAt } = token;
  return (
    <Row className={revokedAt === null ? undefined : "text-ink-3"}>
      <Cell className="max-w-[32ch] min-w-[16ch] font-medium [overflow-wrap:anywhere]">{name}</Cell>
      <Cell className="sm:whitespace-nowrap">
        {scopes.join(", ")}
        {!defaultBranch && <span className="text-ink-3"> not for the default branch</span>}
      </Cell>
      <Cell className="sha max-sm:hidden">…{hint}</Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">
        <Time at={createdAt} /> <span className="text-ink-3">by {createdBy}</span>
      </Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">
        {lastUsedAt ? <Time at={lastUsedAt} withTime /> : "never"}
      </Cell>
      <Cell numeric>
        {revokedAt === null ? (
          <RevokeToken project={project} id={id} name={name} />
        ) : (
          <>
            Revoked <Time at={revokedAt} />
          </>
        )}
      </Cell>
    </Row>
  );
}
