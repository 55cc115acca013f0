/** @type {import("next").NextConfig} */
const config = {
  // One folder that runs without node_modules: the launcher starts .next/standalone/server.js.
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  // Types are checked by `npm test` with the native compiler; Next's own check needs the JS API it lacks.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // pg and the worker library are plain Node packages: bundling them gains nothing. The renderer of pictures is native.
  serverExternalPackages: ["pg", "graphile-worker", "pino", "@resvg/resvg-js"],
  // Pictures are set in the typeface of the pages; the files are read by their names, which no build can follow.
  outputFileTracingIncludes: {
    "/api/v1/projects/**": [
      "./node_modules/geist/dist/fonts/geist-sans/Geist-{Regular,SemiBold}.ttf",
      "./node_modules/geist/dist/fonts/geist-mono/GeistMono-Regular.ttf",
    ],
  },
  devIndicators: false,
  // Browsers ask for this name on their own where they did not see the icon's link yet.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  // Title, icon and preview stand in the first bytes for every reader, not only for those known as bots.
  htmlLimitedBots: /.*/,
};
export default config;
