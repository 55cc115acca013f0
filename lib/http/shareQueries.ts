import { z } from "zod";
import { Y_SCALES } from "@/lib/chart/domain";
import { THEMES } from "@/lib/urls/share";
import { SeriesQuery, ShiftsQuery } from "./queries";

// The query parameters of what leaves the server: pictures, feeds, badges.

const signature = z
  .string("Give it once.")
  .max(200, "Is too long.")
  .default("")
  .transform((text) => text || null)
  .describe("Of a private project: what Tidemark signed this very address with, in place of a token.");

const theme = z
  .enum(THEMES, `Must be one of ${THEMES.join(", ")}.`)
  .default("light")
  .describe("Its colours.");

export const ShiftPictureQuery = z.strictObject({ theme, signature });

const px = (least: number, most: number, preset: number) => {
  const rule = `Must be a whole number from ${least} to ${most}.`;
  return z.coerce.number(rule).int(rule).min(least, rule).max(most, rule).default(preset);
};

const { samples: _samples, thin: _thin, format: _format, ...line } = SeriesQuery.shape;

export const SeriesPictureQuery = z.strictObject({
  ...line,
  theme,
  width: px(320, 1600, 800).describe("px that it is laid out for; a PNG has twice as many, for sharp screens."),
  height: px(240, 1000, 380).describe("The same."),
  x: z.enum(["commits", "time"], "Must be commits or time.").default("commits").describe("What counts on the x axis."),
  scale: z
    .enum(Y_SCALES, `Must be one of ${Y_SCALES.join(", ")}.`)
    .default("fit")
    .describe("The y axis: to the data, from zero, or logarithmic (where a value is zero: linear, and told)."),
});

const { page: _page, format: _table, cursor: _cursor, sort: _sort, limit: _limit, ...filters } = ShiftsQuery.shape;

export const FeedQuery = z.strictObject({
  ...filters,
  limit: px(1, 100, 50).describe("Entries at most, the newest by commit."),
  signature,
});

const workload = z
  .string("Give it once.")
  .max(10_000, "Is too long.")
  .default("")
  .transform((text) => text || null)
  .describe("Name, alias or number of a workload; left out, the whole project.");

export const BadgeQuery = z.strictObject({ workload, signature });
export const LinksQuery = z.strictObject({ workload });
