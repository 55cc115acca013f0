type Handler = (request: Request, context?: { params: Promise<Record<string, string>> }) => Promise<Response>;

type Sent = { body?: unknown; method?: string; headers?: Record<string, string>; params?: Record<string, string> };

const ORIGIN = "http://tidemark.test";

/**
 * A browser for tests of handlers: keeps cookies, says where its requests come from, as a page of this server would.
 * Give other headers to be another site's page, or a program.
 */
export class TestBrowser {
  private readonly cookies = new Map<string, string>();

  async send(handler: Handler, { body, method = "POST", headers = {}, params = {} }: Sent = {}): Promise<Response> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const response = await handler(
      new Request(`${ORIGIN}/api`, {
        method,
        body: text,
        headers: {
          host: "tidemark.test",
          ...(method === "GET" ? {} : { origin: ORIGIN, "content-length": String(Buffer.byteLength(text ?? "")) }),
          ...(this.cookies.size > 0 && { cookie: this.cookie() }),
          ...headers,
        },
      }),
      { params: Promise.resolve(params) },
    );
    for (const set of response.headers.getSetCookie()) this.keep(set);
    return response;
  }

  /** The Cookie header that it would send. */
  cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  private keep(set: string): void {
    const [pair = "", ...attributes] = set.split("; ");
    const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    if (attributes.some((one) => /^max-age=0$/i.test(one))) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
