-- What is said of an experiment before its runs come: how many a side, and which variants are equal on purpose. Runs name
-- an experiment by its label, whether or not there is a row here.
CREATE TABLE "experiments" (
    "project_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "planned_runs" INTEGER NOT NULL,
    "copies" JSONB NOT NULL DEFAULT '{}',
    "stated_by" TEXT NOT NULL,
    "stated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "experiments_pkey" PRIMARY KEY ("project_id","name"),
    CONSTRAINT "experiments_planned_runs_check" CHECK ("planned_runs" > 0)
);

ALTER TABLE "experiments" ADD CONSTRAINT "experiments_project_id_fkey"
    FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
