-- The overview as it was computed last, so that its page reads it instead of lines, medians and results. Until a worker
-- has filled it (at its start, after each analysis) the page computes it when it is asked for.
CREATE TABLE "overviews" (
    "project_id" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "shape" INTEGER,
    "branch_id" INTEGER,
    "branch" TEXT,
    "analysed_at" TIMESTAMPTZ(3),
    "valid_until" TIMESTAMPTZ(3),

    CONSTRAINT "overviews_pkey" PRIMARY KEY ("project_id")
);
ALTER TABLE "overviews" ADD CONSTRAINT "overviews_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Never searched by its content, and read whole: as text, and not compressed, which takes longer to undo than to read.
CREATE TABLE "overview_contents" (
    "project_id" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "environment" TEXT NOT NULL,
    "content" JSON NOT NULL,

    CONSTRAINT "overview_contents_pkey" PRIMARY KEY ("project_id","place")
);
ALTER TABLE "overview_contents" ALTER COLUMN "content" SET STORAGE EXTERNAL;
ALTER TABLE "overview_contents" ADD CONSTRAINT "overview_contents_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "overviews"("project_id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Something was written that the overview may show. The rows go when it is computed anew.
CREATE TABLE "overview_marks" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,

    CONSTRAINT "overview_marks_pkey" PRIMARY KEY ("project_id","id")
);
ALTER TABLE "overview_marks" ADD CONSTRAINT "overview_marks_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
