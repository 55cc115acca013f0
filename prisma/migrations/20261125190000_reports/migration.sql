-- Reports of releases: a draft is computed anew as runs arrive; what is frozen never moves.
CREATE TABLE "reports" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "candidate" TEXT NOT NULL,
    "number" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "sha" TEXT NOT NULL,
    "against" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "figures" JSONB,
    "changes" JSONB NOT NULL DEFAULT '[]',
    "computed_at" TIMESTAMPTZ(3),
    "frozen_at" TIMESTAMPTZ(3),
    "frozen_by" TEXT,
    "decisions" JSONB,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reports_pkey" PRIMARY KEY ("project_id","id")
);
CREATE UNIQUE INDEX "reports_project_id_candidate_number_key" ON "reports"("project_id", "candidate", "number");
ALTER TABLE "reports" ADD CONSTRAINT "reports_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "reports" ADD CONSTRAINT "reports_state_check" CHECK (state IN ('draft', 'frozen', 'signed', 'rejected')
  AND (state = 'draft') = (frozen_at IS NULL) AND (state IN ('signed', 'rejected')) = (decided_at IS NOT NULL)
  AND (state = 'draft' OR figures IS NOT NULL));

-- Somebody answers for shipping a release in spite of a shift, or of a workload that is missing or fails.
CREATE TABLE "waivers" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "candidate" TEXT NOT NULL,
    "shift_number" INTEGER,
    "workload" TEXT,
    "reason" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "expires_on" DATE NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_by" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "waivers_pkey" PRIMARY KEY ("project_id","id")
);
CREATE INDEX "waivers_project_id_candidate_idx" ON "waivers"("project_id", "candidate");
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_subject_check" CHECK ((shift_number IS NULL) <> (workload IS NULL));
CREATE UNIQUE INDEX "waivers_active_shift_key" ON "waivers" (project_id, candidate, shift_number) WHERE withdrawn_at IS NULL AND shift_number IS NOT NULL;
CREATE UNIQUE INDEX "waivers_active_workload_key" ON "waivers" (project_id, candidate, workload) WHERE withdrawn_at IS NULL AND workload IS NOT NULL;
