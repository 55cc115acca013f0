import { defineConfig } from "prisma/config";

// DATABASE_URL is only there when someone runs Prisma's own commands against a server of theirs.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://localhost/tidemark" },
});
