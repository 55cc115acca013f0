-- What people decide of a shift: when it is due, how long an accepted level holds, who said so last, and which revision of
-- it a write has seen. Which detector found it, so that decisions tell how good that detector is.
ALTER TABLE "shifts" ADD COLUMN "owner_id" INTEGER;
ALTER TABLE "shifts" ADD COLUMN "due_on" DATE;
ALTER TABLE "shifts" ADD COLUMN "accepted_until" TIMESTAMPTZ(3);
ALTER TABLE "shifts" ADD COLUMN "decided_at" TIMESTAMPTZ(3);
ALTER TABLE "shifts" ADD COLUMN "decided_by" TEXT;
ALTER TABLE "shifts" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "shifts" ADD COLUMN "detector" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_accepted_until_check" CHECK (accepted_until IS NULL OR status = 'accepted');

-- Who decided what, and when: history, undo, and what the quality of the alerts is counted from.
CREATE TABLE "decisions" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "shift_number" INTEGER NOT NULL,
    "batch" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT NOT NULL,
    "by_id" INTEGER,
    "verb" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "reason" TEXT,
    "revision" INTEGER NOT NULL,
    "undoes" INTEGER,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("project_id","id")
);
CREATE INDEX "decisions_project_id_shift_number_idx" ON "decisions"("project_id", "shift_number");
CREATE INDEX "decisions_project_id_batch_idx" ON "decisions"("project_id", "batch");
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_project_id_shift_number_fkey" FOREIGN KEY ("project_id", "shift_number") REFERENCES "shifts"("project_id", "number") ON DELETE CASCADE ON UPDATE NO ACTION;

CREATE TABLE "shift_notes" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "shift_number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "written_by" TEXT NOT NULL,
    "written_by_id" INTEGER,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "shift_notes_pkey" PRIMARY KEY ("project_id","id")
);
CREATE INDEX "shift_notes_project_id_shift_number_idx" ON "shift_notes"("project_id", "shift_number");
ALTER TABLE "shift_notes" ADD CONSTRAINT "shift_notes_project_id_shift_number_fkey" FOREIGN KEY ("project_id", "shift_number") REFERENCES "shifts"("project_id", "number") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Filters of the queue that a project keeps under a name.
CREATE TABLE "saved_filters" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_filters_pkey" PRIMARY KEY ("project_id","id")
);
CREATE UNIQUE INDEX "saved_filters_project_id_name_key" ON "saved_filters"("project_id", "name");
ALTER TABLE "saved_filters" ADD CONSTRAINT "saved_filters_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
