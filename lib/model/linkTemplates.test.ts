import { expect, test } from "vitest";
import { fillLinks, readLinkTemplates, unknownPlaceholders } from "./linkTemplates";

const grafana = {
  name: "Grafana",
  url: "https://grafana.example/d/x?from={startedAtMs}&to={finishedAtMs}&var-cluster={environment}",
};

test("a dashboard for the run's time window gets its values encoded", () => {
  const values = { startedAtMs: 1, finishedAtMs: 2, environment: "vm b&x=1" };
  expect(fillLinks([grafana], values)).toEqual([
    { name: "Grafana", href: "https://grafana.example/d/x?from=1&to=2&var-cluster=vm%20b%26x%3D1" },
  ]);
});

test("a link of which a value is missing is left out", () => {
  expect(fillLinks([grafana], { startedAtMs: 1, environment: "a" })).toEqual([]);
  expect(fillLinks([grafana], { startedAtMs: 1, finishedAtMs: null, environment: "a" })).toEqual([]);
});

test("tags and components are reached by name, and nothing but their own keys", () => {
  const links = [{ name: "Cluster", url: "https://c.example/{tag.cluster}/{component.dask}" }];
  expect(fillLinks(links, { tags: { cluster: "7 a" }, components: { dask: "1/2" } })[0]?.href).toBe(
    "https://c.example/7%20a/1%2F2",
  );
  expect(fillLinks([{ name: "x", url: "https://c.example/{tag.constructor}" }], { tags: {} })).toEqual([]);
});

test("no value makes another scheme or host of it", () => {
  expect(fillLinks([{ name: "x", url: "{key}" }], { key: "javascript:alert(1)" })).toEqual([]);
  expect(fillLinks([{ name: "x", url: "https://{key}" }], { key: "/evil" })[0]?.href).toBe("https://%2Fevil");
});

test("placeholders that nothing fills are named", () => {
  expect(unknownPlaceholders("https://a.example/{sha}/{tag.x}/{shaa}/{}")).toEqual(["shaa", ""]);
});

test("what is stored is read, what is no template is left out", () => {
  expect(readLinkTemplates([grafana, null, "x", { name: 1, url: "" }, []])).toEqual([grafana]);
  expect(readLinkTemplates(undefined)).toEqual([]);
});
