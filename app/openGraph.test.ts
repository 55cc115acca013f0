import { afterEach, expect, test, vi } from "vitest";
import { openGraph } from "./openGraph";

/** What the proxy asks by: another host than people do. */
vi.mock("next/headers", () => ({ headers: async () => new Headers({ host: "127.0.0.1:3000" }) }));
afterEach(() => vi.unstubAllEnvs());

const told = { title: "#14 Duration +18 %", description: "Regression.", path: "/dask/shifts/14" };

test("every address of a preview begins with the public one, where it is set", async () => {
  vi.stubEnv("TIDEMARK_PUBLIC_URL", "https://perf.example/");
  expect(await openGraph(told)).toMatchObject({
    title: told.title,
    alternates: { canonical: "https://perf.example/dask/shifts/14" },
    openGraph: { title: told.title, description: told.description, url: "https://perf.example/dask/shifts/14" },
    twitter: { card: "summary", title: told.title },
  });
});

test("a page with a picture unfurls large, with the size and a text for who does not see it", async () => {
  const image = { url: "https://perf.example/image.png?signature=s", alt: "Before and after" };
  const { openGraph: graph, twitter } = await openGraph({ ...told, image });
  expect(graph).toMatchObject({ images: [{ ...image, width: 1200, height: 630, type: "image/png" }] });
  expect(twitter).toMatchObject({ card: "summary_large_image" });
});
