import { PageHead } from "@/components/frame/page-head";
import { PlainFrame } from "@/components/frame/plain-frame";
import { THEMES } from "@/components/frame/themes";
import { ChartGallery } from "./chart-gallery";
import { Controls } from "./controls";
import { SmallCharts } from "./small-charts";
import { Tables } from "./tables";
import { Tokens } from "./tokens";

/** Every chart in every state and every control, light beside dark: pictures are looked at here. Development only. */
export function Gallery() {
  return (
    <PlainFrame>
      <PageHead title="Gallery" sentence="Every chart in every state and every control, in both themes." />
      <div className="grid gap-6">
        {THEMES.map((theme) => (
          <section key={theme} data-theme={theme} aria-label={theme} className="min-w-0 bg-bg p-4 text-ink">
            <h2 className="mb-4 text-section font-semibold capitalize">{theme}</h2>
            <div className="grid grid-cols-[repeat(auto-fill,minmax(328px,1fr))] gap-x-8 gap-y-8">
              <ChartGallery />
              <SmallCharts />
              <Tables />
              <Controls theme={theme} />
              <Tokens />
            </div>
          </section>
        ))}
      </div>
    </PlainFrame>
  );
}
