-- What the grouping of changepoints rests on: how far out other lines may draw one, whether they did, and its own verdict
-- beside the one that takes all lines into account.
ALTER TABLE "changepoints" ADD COLUMN "widest_good_commit_id" INTEGER;
ALTER TABLE "changepoints" ADD COLUMN "widest_shifted_commit_id" INTEGER;
ALTER TABLE "changepoints" ADD COLUMN "drawn" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "changepoints" ADD COLUMN "can_grow" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "changepoints" ADD COLUMN "own_needs_points" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "changepoints" ADD COLUMN "correlation" DOUBLE PRECISION NOT NULL DEFAULT 0;
UPDATE "changepoints" SET own_needs_points = needs_points;
-- The sum of small steps, per line.
ALTER TABLE "lines" ADD COLUMN "drift" JSONB;
