-- Tables of Tidemark, explained in docs/schema.md. The queue library (graphile-worker) makes and owns its own schema.
-- Written from schema.prisma; what Prisma has no words for (INCLUDE, CHECK, partial indexes, storage) stands at the end.

-- CreateSchema

-- CreateTable
CREATE TABLE "projects" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "repository" TEXT,
    "default_branch" TEXT NOT NULL DEFAULT 'main',
    "visibility" TEXT NOT NULL DEFAULT 'public',
    "last_shift_number" INTEGER NOT NULL DEFAULT 0,
    "last_workload_number" INTEGER NOT NULL DEFAULT 0,
    "analysed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "role" TEXT NOT NULL DEFAULT 'member',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tokens" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "scopes" TEXT[] NOT NULL,
    "default_branch" BOOLEAN NOT NULL DEFAULT true,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "project_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("project_id","key")
);

-- CreateTable
CREATE TABLE "branches" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "branches_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "commits" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "sha" TEXT NOT NULL,
    "committed_at" TIMESTAMPTZ(3),
    "parents" TEXT[] NOT NULL,
    "author" TEXT,
    "subject" TEXT,
    "pull_request" INTEGER,
    "merge_base" TEXT,
    "listed" BOOLEAN NOT NULL DEFAULT false,
    "described_at" TIMESTAMPTZ(3),
    "described_by" TEXT,

    CONSTRAINT "commits_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "commit_lists" (
    "project_id" INTEGER NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "commit_id" INTEGER NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "commit_lists_pkey" PRIMARY KEY ("project_id","branch_id","commit_id")
);

-- CreateTable
CREATE TABLE "branch_commits" (
    "project_id" INTEGER NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "commit_id" INTEGER NOT NULL,
    "position" INTEGER,
    "claimed" BOOLEAN NOT NULL DEFAULT false,
    "started_at" TIMESTAMPTZ(3),

    CONSTRAINT "branch_commits_pkey" PRIMARY KEY ("project_id","branch_id","commit_id")
);

-- CreateTable
CREATE TABLE "releases" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "tag" TEXT NOT NULL,
    "commit_id" INTEGER NOT NULL,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "releases_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "environments" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "environments_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "environment_revisions" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "facts" JSONB NOT NULL,
    "facts_hash" TEXT NOT NULL,
    "facts_group" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "environment_revisions_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "workloads" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT,
    "merged_into" INTEGER,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workloads_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "workload_aliases" (
    "project_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "workload_id" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workload_aliases_pkey" PRIMARY KEY ("project_id","name")
);

-- CreateTable
CREATE TABLE "cases" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "workload_id" INTEGER NOT NULL,
    "params" JSONB NOT NULL,
    "params_hash" TEXT NOT NULL,

    CONSTRAINT "cases_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "metrics" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT,
    "unit" TEXT NOT NULL,
    "better" TEXT NOT NULL DEFAULT 'unknown',
    "smallest_effect" DOUBLE PRECISION NOT NULL DEFAULT 0.05,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "metrics_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "runs" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "commit_id" INTEGER NOT NULL,
    "branch_id" INTEGER,
    "environment_id" INTEGER NOT NULL,
    "revision_id" INTEGER NOT NULL,
    "experiment" TEXT,
    "variant" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "url" TEXT,
    "tags" JSONB,
    "components" JSONB,
    "content_hash" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "received_by" INTEGER,

    CONSTRAINT "runs_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "results" (
    "project_id" INTEGER NOT NULL,
    "run_id" INTEGER NOT NULL,
    "case_id" INTEGER NOT NULL,
    "version" TEXT NOT NULL DEFAULT '',
    "sent_name" TEXT,
    "outcome" TEXT NOT NULL,
    "error" TEXT,
    "failed_repeats" INTEGER NOT NULL DEFAULT 0,
    "control" BOOLEAN NOT NULL DEFAULT false,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "links" JSONB,
    "units" JSONB,

    CONSTRAINT "results_pkey" PRIMARY KEY ("project_id","run_id","case_id","version")
);

-- CreateTable
CREATE TABLE "series" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "case_id" INTEGER NOT NULL,
    "version" TEXT NOT NULL DEFAULT '',
    "metric_id" INTEGER NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "revision_id" INTEGER NOT NULL,
    "trend" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "series_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "points" (
    "project_id" INTEGER NOT NULL,
    "series_id" INTEGER NOT NULL,
    "commit_id" INTEGER NOT NULL,
    "run_id" INTEGER NOT NULL,
    "median" DOUBLE PRECISION NOT NULL,
    "lo" DOUBLE PRECISION NOT NULL,
    "hi" DOUBLE PRECISION NOT NULL,
    "n" INTEGER NOT NULL,
    "samples" DOUBLE PRECISION[] NOT NULL,

    CONSTRAINT "points_pkey" PRIMARY KEY ("project_id","series_id","commit_id","run_id") INCLUDE ("median","lo","hi","n")
);

-- CreateTable
CREATE TABLE "lines" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "case_id" INTEGER NOT NULL,
    "metric_id" INTEGER NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "level" DOUBLE PRECISION,
    "noise" DOUBLE PRECISION,
    "points" INTEGER NOT NULL DEFAULT 0,
    "last_commit_id" INTEGER,
    "outliers" INTEGER[] NOT NULL,
    "open" INTEGER[] NOT NULL,
    "analysed_at" TIMESTAMPTZ(3),

    CONSTRAINT "lines_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "segments" (
    "project_id" INTEGER NOT NULL,
    "line_id" INTEGER NOT NULL,
    "first_commit_id" INTEGER NOT NULL,
    "last_commit_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "track" INTEGER NOT NULL,
    "level" DOUBLE PRECISION NOT NULL,
    "lo" DOUBLE PRECISION NOT NULL,
    "hi" DOUBLE PRECISION NOT NULL,
    "noise" DOUBLE PRECISION NOT NULL,
    "points" INTEGER NOT NULL,
    "runs" INTEGER NOT NULL,

    CONSTRAINT "segments_pkey" PRIMARY KEY ("project_id","line_id","ordinal")
);

-- CreateTable
CREATE TABLE "changepoints" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "line_id" INTEGER NOT NULL,
    "series_id" INTEGER NOT NULL,
    "commit_id" INTEGER NOT NULL,
    "last_good_commit_id" INTEGER NOT NULL,
    "first_shifted_commit_id" INTEGER NOT NULL,
    "direction" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "before" DOUBLE PRECISION NOT NULL,
    "after" DOUBLE PRECISION NOT NULL,
    "change" DOUBLE PRECISION,
    "difference" DOUBLE PRECISION NOT NULL,
    "interval_lo" DOUBLE PRECISION,
    "interval_hi" DOUBLE PRECISION,
    "p" DOUBLE PRECISION NOT NULL,
    "points_before" INTEGER NOT NULL,
    "points_after" INTEGER NOT NULL,
    "needs_points" INTEGER NOT NULL DEFAULT 0,
    "shift_number" INTEGER,

    CONSTRAINT "changepoints_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "shifts" (
    "project_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "branch_id" INTEGER NOT NULL,
    "direction" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'new',
    "status_reason" TEXT,
    "owner" TEXT,
    "note" TEXT,
    "issues" TEXT[] NOT NULL,
    "last_good_commit_id" INTEGER NOT NULL,
    "first_shifted_commit_id" INTEGER NOT NULL,
    "part_of" INTEGER,
    "recovered_by" INTEGER,
    "withdrawn_reason" TEXT,
    "summary" JSONB NOT NULL,
    "reported" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "shifts_pkey" PRIMARY KEY ("project_id","number")
);

-- CreateTable
CREATE TABLE "shift_log" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "shift_number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "shift_log_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "events" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "text" TEXT NOT NULL,
    "border" BOOLEAN NOT NULL DEFAULT false,
    "commit_id" INTEGER,
    "at" TIMESTAMPTZ(3),
    "environment_id" INTEGER,
    "workload_id" INTEGER,
    "metric_id" INTEGER,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "events_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "exclusions" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "run_id" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "excluded_by" TEXT NOT NULL,
    "excluded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "restored_by" TEXT,
    "restored_at" TIMESTAMPTZ(3),

    CONSTRAINT "exclusions_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "analysis_requests" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "series" INTEGER[] NOT NULL,
    "everything" BOOLEAN NOT NULL DEFAULT false,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "analysis_requests_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "projects_slug_key" ON "projects"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "tokens_hash_key" ON "tokens"("hash");

-- CreateIndex
CREATE INDEX "tokens_project_id_idx" ON "tokens"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "branches_project_id_name_key" ON "branches"("project_id", "name");

-- CreateIndex
CREATE INDEX "commits_project_id_pull_request_idx" ON "commits"("project_id", "pull_request");

-- CreateIndex
CREATE UNIQUE INDEX "commits_project_id_sha_key" ON "commits"("project_id", "sha");

-- CreateIndex
CREATE INDEX "branch_commits_project_id_branch_id_position_idx" ON "branch_commits"("project_id", "branch_id", "position");

-- CreateIndex
CREATE INDEX "branch_commits_project_id_commit_id_idx" ON "branch_commits"("project_id", "commit_id");

-- CreateIndex
CREATE INDEX "releases_project_id_commit_id_idx" ON "releases"("project_id", "commit_id");

-- CreateIndex
CREATE UNIQUE INDEX "releases_project_id_tag_key" ON "releases"("project_id", "tag");

-- CreateIndex
CREATE UNIQUE INDEX "environments_project_id_name_key" ON "environments"("project_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "environment_revisions_project_id_environment_id_facts_hash_key" ON "environment_revisions"("project_id", "environment_id", "facts_hash");

-- CreateIndex
CREATE UNIQUE INDEX "workloads_project_id_number_key" ON "workloads"("project_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "workloads_project_id_name_key" ON "workloads"("project_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "cases_project_id_workload_id_params_hash_key" ON "cases"("project_id", "workload_id", "params_hash");

-- CreateIndex
CREATE UNIQUE INDEX "metrics_project_id_name_key" ON "metrics"("project_id", "name");

-- CreateIndex
CREATE INDEX "runs_project_id_commit_id_idx" ON "runs"("project_id", "commit_id");

-- CreateIndex
CREATE INDEX "runs_project_id_started_at_idx" ON "runs"("project_id", "started_at");

-- CreateIndex
CREATE INDEX "runs_project_id_experiment_variant_idx" ON "runs"("project_id", "experiment", "variant");

-- CreateIndex
CREATE UNIQUE INDEX "runs_project_id_key_key" ON "runs"("project_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "series_project_id_case_id_metric_id_environment_id_version__key" ON "series"("project_id", "case_id", "metric_id", "environment_id", "version", "revision_id", "trend");

-- CreateIndex
CREATE UNIQUE INDEX "lines_project_id_branch_id_case_id_metric_id_environment_id_key" ON "lines"("project_id", "branch_id", "case_id", "metric_id", "environment_id");

-- CreateIndex
CREATE INDEX "changepoints_project_id_shift_number_idx" ON "changepoints"("project_id", "shift_number");

-- CreateIndex
CREATE UNIQUE INDEX "changepoints_project_id_line_id_commit_id_key" ON "changepoints"("project_id", "line_id", "commit_id");

-- CreateIndex
CREATE INDEX "shift_log_project_id_shift_number_idx" ON "shift_log"("project_id", "shift_number");

-- CreateIndex
CREATE INDEX "exclusions_project_id_run_id_idx" ON "exclusions"("project_id", "run_id");

-- CreateIndex
CREATE INDEX "audit_project_id_at_idx" ON "audit"("project_id", "at");

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "settings" ADD CONSTRAINT "settings_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "branches" ADD CONSTRAINT "branches_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "commits" ADD CONSTRAINT "commits_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "commit_lists" ADD CONSTRAINT "commit_lists_project_id_branch_id_fkey" FOREIGN KEY ("project_id", "branch_id") REFERENCES "branches"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "commit_lists" ADD CONSTRAINT "commit_lists_project_id_commit_id_fkey" FOREIGN KEY ("project_id", "commit_id") REFERENCES "commits"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "branch_commits" ADD CONSTRAINT "branch_commits_project_id_branch_id_fkey" FOREIGN KEY ("project_id", "branch_id") REFERENCES "branches"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "branch_commits" ADD CONSTRAINT "branch_commits_project_id_commit_id_fkey" FOREIGN KEY ("project_id", "commit_id") REFERENCES "commits"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "releases" ADD CONSTRAINT "releases_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "releases" ADD CONSTRAINT "releases_project_id_commit_id_fkey" FOREIGN KEY ("project_id", "commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "environments" ADD CONSTRAINT "environments_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "environment_revisions" ADD CONSTRAINT "environment_revisions_project_id_environment_id_fkey" FOREIGN KEY ("project_id", "environment_id") REFERENCES "environments"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "workloads" ADD CONSTRAINT "workloads_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "workload_aliases" ADD CONSTRAINT "workload_aliases_project_id_workload_id_fkey" FOREIGN KEY ("project_id", "workload_id") REFERENCES "workloads"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_project_id_workload_id_fkey" FOREIGN KEY ("project_id", "workload_id") REFERENCES "workloads"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "metrics" ADD CONSTRAINT "metrics_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_id_commit_id_fkey" FOREIGN KEY ("project_id", "commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_id_branch_id_fkey" FOREIGN KEY ("project_id", "branch_id") REFERENCES "branches"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_id_environment_id_fkey" FOREIGN KEY ("project_id", "environment_id") REFERENCES "environments"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_id_revision_id_fkey" FOREIGN KEY ("project_id", "revision_id") REFERENCES "environment_revisions"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "runs"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_project_id_case_id_fkey" FOREIGN KEY ("project_id", "case_id") REFERENCES "cases"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "series" ADD CONSTRAINT "series_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "series" ADD CONSTRAINT "series_project_id_case_id_fkey" FOREIGN KEY ("project_id", "case_id") REFERENCES "cases"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "series" ADD CONSTRAINT "series_project_id_metric_id_fkey" FOREIGN KEY ("project_id", "metric_id") REFERENCES "metrics"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "series" ADD CONSTRAINT "series_project_id_environment_id_fkey" FOREIGN KEY ("project_id", "environment_id") REFERENCES "environments"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "series" ADD CONSTRAINT "series_project_id_revision_id_fkey" FOREIGN KEY ("project_id", "revision_id") REFERENCES "environment_revisions"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lines" ADD CONSTRAINT "lines_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lines" ADD CONSTRAINT "lines_project_id_branch_id_fkey" FOREIGN KEY ("project_id", "branch_id") REFERENCES "branches"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lines" ADD CONSTRAINT "lines_project_id_case_id_fkey" FOREIGN KEY ("project_id", "case_id") REFERENCES "cases"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lines" ADD CONSTRAINT "lines_project_id_metric_id_fkey" FOREIGN KEY ("project_id", "metric_id") REFERENCES "metrics"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lines" ADD CONSTRAINT "lines_project_id_environment_id_fkey" FOREIGN KEY ("project_id", "environment_id") REFERENCES "environments"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "segments" ADD CONSTRAINT "segments_project_id_line_id_fkey" FOREIGN KEY ("project_id", "line_id") REFERENCES "lines"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "segments" ADD CONSTRAINT "segments_project_id_first_commit_id_fkey" FOREIGN KEY ("project_id", "first_commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "segments" ADD CONSTRAINT "segments_project_id_last_commit_id_fkey" FOREIGN KEY ("project_id", "last_commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "changepoints" ADD CONSTRAINT "changepoints_project_id_line_id_fkey" FOREIGN KEY ("project_id", "line_id") REFERENCES "lines"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "changepoints" ADD CONSTRAINT "changepoints_project_id_series_id_fkey" FOREIGN KEY ("project_id", "series_id") REFERENCES "series"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "changepoints" ADD CONSTRAINT "changepoints_project_id_commit_id_fkey" FOREIGN KEY ("project_id", "commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "changepoints" ADD CONSTRAINT "changepoints_project_id_last_good_commit_id_fkey" FOREIGN KEY ("project_id", "last_good_commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "changepoints" ADD CONSTRAINT "changepoints_project_id_first_shifted_commit_id_fkey" FOREIGN KEY ("project_id", "first_shifted_commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "changepoints" ADD CONSTRAINT "changepoints_project_id_shift_number_fkey" FOREIGN KEY ("project_id", "shift_number") REFERENCES "shifts"("project_id", "number") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_project_id_last_good_commit_id_fkey" FOREIGN KEY ("project_id", "last_good_commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_project_id_first_shifted_commit_id_fkey" FOREIGN KEY ("project_id", "first_shifted_commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "shift_log" ADD CONSTRAINT "shift_log_project_id_shift_number_fkey" FOREIGN KEY ("project_id", "shift_number") REFERENCES "shifts"("project_id", "number") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_project_id_commit_id_fkey" FOREIGN KEY ("project_id", "commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_project_id_environment_id_fkey" FOREIGN KEY ("project_id", "environment_id") REFERENCES "environments"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_project_id_workload_id_fkey" FOREIGN KEY ("project_id", "workload_id") REFERENCES "workloads"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_project_id_metric_id_fkey" FOREIGN KEY ("project_id", "metric_id") REFERENCES "metrics"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "exclusions" ADD CONSTRAINT "exclusions_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "exclusions" ADD CONSTRAINT "exclusions_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "runs"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "analysis_requests" ADD CONSTRAINT "analysis_requests_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit" ADD CONSTRAINT "audit_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Words are kept by the database too: an unknown one is a fault of ours, and must fail loudly.
ALTER TABLE "projects" ADD CONSTRAINT "projects_visibility_check" CHECK (visibility IN ('public', 'private'));
ALTER TABLE "metrics" ADD CONSTRAINT "metrics_better_check" CHECK (better IN ('lower', 'higher', 'unknown'));
ALTER TABLE "metrics" ADD CONSTRAINT "metrics_smallest_effect_check" CHECK (smallest_effect >= 0);
ALTER TABLE "results" ADD CONSTRAINT "results_outcome_check" CHECK (outcome IN ('passed', 'failed', 'skipped'));
ALTER TABLE "results" ADD CONSTRAINT "results_failed_repeats_check" CHECK (failed_repeats >= 0);
ALTER TABLE "points" ADD CONSTRAINT "points_samples_check" CHECK (n > 0 AND n = cardinality(samples) AND lo <= median AND median <= hi);
ALTER TABLE "changepoints" ADD CONSTRAINT "changepoints_direction_check" CHECK (direction IN ('regression', 'improvement', 'rose', 'fell'));
ALTER TABLE "changepoints" ADD CONSTRAINT "changepoints_state_check" CHECK (state IN ('provisional', 'confirmed'));
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_direction_check" CHECK (direction IN ('regression', 'improvement', 'mixed', 'rose', 'fell'));
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_state_check" CHECK (state IN ('provisional', 'confirmed', 'recovered', 'withdrawn'));
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_status_check" CHECK (status IN ('new', 'investigating', 'accepted', 'fixed', 'infrastructure', 'not real'));
ALTER TABLE "runs" ADD CONSTRAINT "runs_variant_check" CHECK (variant IS NULL OR experiment IS NOT NULL);
ALTER TABLE "events" ADD CONSTRAINT "events_place_check" CHECK ((commit_id IS NULL) <> (at IS NULL));

-- A run that is excluded is excluded once.
CREATE UNIQUE INDEX "exclusions_active_key" ON "exclusions" (project_id, run_id) WHERE restored_at IS NULL;
-- "What fails now" reads only the few results that did not pass.
CREATE INDEX "results_not_passed_idx" ON "results" (project_id, run_id) WHERE outcome <> 'passed';

-- Reads of a series come from the index alone; that needs a fresh visibility map, so vacuum after 2 % of inserts.
ALTER TABLE "points" SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
