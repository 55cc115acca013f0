-- A single value can be excluded: that of one run on one series.
ALTER TABLE "exclusions" ADD COLUMN "series_id" INTEGER;
ALTER TABLE "exclusions" ADD CONSTRAINT "exclusions_project_id_series_id_fkey" FOREIGN KEY ("project_id", "series_id") REFERENCES "series"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
DROP INDEX "exclusions_active_key";
CREATE UNIQUE INDEX "exclusions_active_key" ON "exclusions" (project_id, run_id, coalesce(series_id, 0)) WHERE restored_at IS NULL;

-- What the analysis thinks of a whole run: how far all its cases lie from their neighbours, per metric.
CREATE TABLE "run_judgements" (
    "project_id" INTEGER NOT NULL,
    "run_id" INTEGER NOT NULL,
    "metric_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "factor" DOUBLE PRECISION,
    "cases" INTEGER NOT NULL,

    CONSTRAINT "run_judgements_pkey" PRIMARY KEY ("project_id","run_id","metric_id")
);
ALTER TABLE "run_judgements" ADD CONSTRAINT "run_judgements_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "runs"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "run_judgements" ADD CONSTRAINT "run_judgements_project_id_metric_id_fkey" FOREIGN KEY ("project_id", "metric_id") REFERENCES "metrics"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "run_judgements" ADD CONSTRAINT "run_judgements_state_check" CHECK (state IN ('usual', 'pending', 'slow', 'shift'));

ALTER TABLE "lines" ADD COLUMN "slow" INTEGER[];
ALTER TABLE "shifts" ADD COLUMN "cause" JSONB;

-- Changepoints that people marked or moved.
CREATE TABLE "corrections" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "case_id" INTEGER NOT NULL,
    "metric_id" INTEGER NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "commit_id" INTEGER NOT NULL,
    "last_good_commit_id" INTEGER,
    "from_commit_id" INTEGER,
    "reason" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_by" TEXT,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "corrections_pkey" PRIMARY KEY ("project_id","id")
);
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_project_id_case_id_fkey" FOREIGN KEY ("project_id", "case_id") REFERENCES "cases"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_project_id_metric_id_fkey" FOREIGN KEY ("project_id", "metric_id") REFERENCES "metrics"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_project_id_environment_id_fkey" FOREIGN KEY ("project_id", "environment_id") REFERENCES "environments"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_project_id_commit_id_fkey" FOREIGN KEY ("project_id", "commit_id") REFERENCES "commits"("project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_kind_check" CHECK (kind IN ('mark', 'move') AND (kind = 'move') = (from_commit_id IS NOT NULL));
CREATE UNIQUE INDEX "corrections_active_key" ON "corrections" (project_id, case_id, metric_id, environment_id, commit_id) WHERE removed_at IS NULL;
ALTER TABLE "changepoints" ADD COLUMN "correction_id" INTEGER;
