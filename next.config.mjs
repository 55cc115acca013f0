/** @type {import("next").NextConfig} */
const config = {
  // One folder that runs without node_modules: the launcher starts .next/standalone/server.js.
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  // Types are checked by `npm test` with the native compiler; Next's own check needs the JS API it lacks.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // pg and the worker library are plain Node packages: bundling them gains nothing.
  serverExternalPackages: ["pg", "graphile-worker", "pino"],
  devIndicators: false,
  // Browsers ask for this name on their own where they did not see the icon's link yet.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  // Title, icon and preview stand in the first bytes for every reader, not only for those known as bots.
  htmlLimitedBots: /.*/,
};
export default config;
