"use client";
import "./globals.css";

/** Not even the frame of the pages could be made: plain HTML that needs nothing of the server. */
export default function GlobalErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="px-4 py-24 text-center">
          <title>Fault · Tidemark</title>
          <h1 className="text-title font-semibold">Tidemark could not make this page</h1>
          <p className="mt-2 text-ink-2">
            Nothing was changed. Try again in a minute; if it stays so, look into the log of the server
            {error.digest && (
              <>
                , which names this fault <code className="sha">{error.digest}</code>
              </>
            )}
            .
          </p>
          <button type="button" onClick={reset} className="mt-4 rounded-2 px-3 py-1 shadow-outline">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
