import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { CannotStart } from "./fault";

// A linter that reads nothing passes. So faults of every kind are planted in a folder of their own, under the rules of
// this checkout, and each must be found; and what is allowed beside them must not be.

/** A file with one fault: the rule that must name it. null: nothing may be said of it. */
type Specimen = { file: string; text: string; rule: string | null };

const LAYERS = "lint/style/noRestrictedImports";
const importing = (file: string, source: string, rule: string | null = LAYERS): Specimen => ({
  file,
  text: `import { planted } from "${source}";\n\nexport const used = planted;\n`,
  rule,
});

const SPECIMENS: Specimen[] = [
  importing("lib/stats/usesDatabase.ts", "../db/sql"),
  importing("lib/chart/usesPage.ts", "@/components/charts/trend"),
  importing("lib/changepoint/testing/usesFiles.ts", "node:fs"),
  importing("lib/shift/usesPure.ts", "../stats/quantile", null),
  importing("ingest/schema.ts", "@/lib/db/sql"),
  importing("ingest/importers/usesStore.ts", "@/ingest/store/storeRuns"),
  importing("ingest/store/usesReads.ts", "@/lib/queries/overview"),
  importing("ingest/cli/usesDatabase.ts", "@/lib/db/pool"),
  importing("lib/db/usesReads.ts", "../queries/overview"),
  importing("lib/auth/usesCommands.ts", "@/lib/commands/createToken"),
  importing("lib/analysis/usesReads.ts", "../queries/overview"),
  importing("lib/http/usesAnalysis.ts", "../analysis"),
  importing("lib/queries/usesCommands.ts", "../commands/createToken"),
  importing("lib/commands/usesPage.ts", "@/components/ui/button"),
  importing("lib/jobs/usesReads.ts", "../queries/overview"),
  importing("lib/api/usesReads.ts", "@/lib/queries/overview"),
  importing("lib/queries/usesLauncher.ts", "@/lib/start/postgres"),
  importing("lib/image/usesDatabase.ts", "../db/sql"),
  importing("lib/image/usesGeometry.ts", "@/lib/chart/frame", null),
  importing("lib/notify/usesCommands.ts", "../commands/triageShifts"),
  importing("lib/notify/usesAuth.ts", "@/lib/auth/sharedLinks", null),
  importing("lib/outbound/usesReads.ts", "@/lib/queries/overview"),
  importing("lib/report/usesRoutes.ts", "@/app/actor"),
  importing("lib/report/usesJobs.ts", "../jobs/tasks"),
  importing("lib/stored/usesJobs.ts", "../jobs/tasks"),
  importing("lib/stored/usesReads.ts", "@/lib/queries/overview", null),
  importing("lib/release/usesReports.ts", "../report/read"),
  importing("components/overview/usesDatabase.tsx", "@/lib/db/sql"),
  importing("components/overview/usesReads.tsx", "@/lib/queries/overview", "plugin"),
  importing("components/ui/usesDomain.tsx", "@/components/charts/trend"),
  importing("components/charts/usesPage.tsx", "@/components/overview/overview"),
  importing("app/usesDatabase.tsx", "@/lib/db/sql"),
  importing("app/usesReads.tsx", "@/lib/queries/overview", null),
  {
    file: "components/overview/usesTypes.tsx",
    text: 'import type { Overview } from "@/lib/queries/overview";\n\nexport type Used = Overview;\n',
    rule: null,
  },
  {
    file: "lib/model/cycleA.ts",
    text: 'import { b } from "./cycleB";\n\nexport const a = () => b;\n',
    rule: "lint/suspicious/noImportCycles",
  },
  {
    file: "lib/model/cycleB.ts",
    text: 'import { a } from "./cycleA";\n\nexport const b = () => a;\n',
    rule: "lint/suspicious/noImportCycles",
  },
  {
    file: "lib/queries/readsEnvironment.ts",
    text: "export const port = process.env.PORT;\n",
    rule: "lint/style/noProcessEnv",
  },
  { file: "lib/config.ts", text: "export const port = process.env.PORT;\n", rule: null },
  {
    file: "lib/model/usesAny.ts",
    text: "export const planted = (value: any) => value;\n",
    rule: "lint/suspicious/noExplicitAny",
  },
];

const RULES = ["biome.json", ".gitignore", "lib/start/typesOfQueries.grit"];

type Report = { diagnostics: { category: string; location: { path: string | { file: string } } }[] };

/** Plants the specimens and lints them. Gives how many there are; throws CannotStart, naming those not judged right. */
export function checkSpecimens(): number {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-specimens-"));
  try {
    for (const file of RULES) cpSync(file, path.join(folder, file), { recursive: true });
    for (const { file, text } of SPECIMENS) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    const found = lint(folder);
    const wrong = SPECIMENS.filter(({ file, rule }) => {
      const said = found.filter((each) => each.file === file).map((each) => each.rule);
      return rule === null ? said.length > 0 : !said.includes(rule);
    });
    if (wrong.length === 0) return SPECIMENS.length;
    const list = wrong.map(({ file, rule }) => (rule ? `${rule} misses ${file}` : `${file} is allowed, but reported`));
    throw new CannotStart(`The lint rules do not hold:\n${list.join("\n")}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lint(folder: string): { file: string; rule: string }[] {
  const program = path.resolve("node_modules/@biomejs/biome/bin/biome");
  const args = [program, "lint", ".", "--reporter=json", "--max-diagnostics=none"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  try {
    const report = JSON.parse(stdout) as Report;
    return report.diagnostics.map(({ category, location: { path: where } }) => ({
      file: (typeof where === "string" ? where : where.file).replace(/^\.\//, ""),
      rule: category,
    }));
  } catch {
    throw new CannotStart(`The linter gives no report of the specimens:\n${stderr}${stdout.slice(0, 500)}`);
  }
}
