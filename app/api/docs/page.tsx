import type { Metadata } from "next";
import { pageActor } from "@/app/actor";
import { pageOrigin } from "@/app/origin";
import { readTheme } from "@/app/theme";
import { AccountMenu } from "@/components/account/account-menu";
import { ApiDocs } from "@/components/apidocs/api-docs";
import { PlainFrame } from "@/components/frame/plain-frame";
import { ThemeMenu } from "@/components/frame/theme-menu";
import { describeApi } from "@/lib/openapi/document";
import { accountOf } from "@/lib/queries/frame";
import { apiDocsQuery } from "@/lib/urls/apiDocs";
import type { SearchParams } from "@/lib/urls/query";
import { version } from "@/package.json";

type Props = { searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "HTTP API" };

/** The description of the API, as people read it. */
export default async function ApiDocsPage({ searchParams }: Props) {
  const selection = apiDocsQuery.parse(await searchParams);
  const right = (
    <div className="flex items-center gap-1">
      <ThemeMenu theme={await readTheme()} />
      <AccountMenu account={accountOf(await pageActor())} />
    </div>
  );
  return (
    <PlainFrame right={right}>
      <ApiDocs document={describeApi(await pageOrigin(), version)} selection={selection} />
    </PlainFrame>
  );
}
