import { type APIRequestContext, type APIResponse, expect } from "@playwright/test";

/** A document as `POST .../runs` takes it; its own tests check the rest. */
export type RunDocument = { run: { key: string }; [part: string]: unknown };

const ANALYSED_WITHIN = 25_000;

/** Prepares a test's data over HTTP, as a cluster would, with the admin token. */
export class Api {
  constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  /** Makes a project of the test's own; gives its slug. */
  async createProject(fields: Record<string, unknown> = {}): Promise<string> {
    const slug = `test-${crypto.randomUUID().slice(0, 8)}`;
    await this.post("/projects", { slug, name: slug, ...fields });
    return slug;
  }

  /** Sends runs (as one array, in one transaction), and waits until they are analysed. */
  async postRuns(project: string, documents: RunDocument[]): Promise<void> {
    await this.post(`/projects/${project}/runs`, documents);
    await this.untilAnalysed(project);
  }

  /** Sends the commit list of a branch, oldest first. */
  async postCommits(project: string, commits: Record<string, unknown>[], branch = "main"): Promise<void> {
    await this.post(`/projects/${project}/commits`, { branch, commits });
  }

  /** POST to a path below /api/v1; anything but a 2xx fails the test with what the server said. */
  async post(path: string, data: unknown): Promise<unknown> {
    return answer(await this.request.post(`/api/v1${path}`, { data, headers: this.headers() }));
  }

  /** GET of a path below /api/v1. */
  async get(path: string): Promise<unknown> {
    return answer(await this.request.get(`/api/v1${path}`, { headers: this.headers() }));
  }

  /** Waits until every stored run of the project has been analysed. */
  async untilAnalysed(project: string): Promise<void> {
    const pending = async () => ((await this.get(`/projects/${project}/analysis`)) as { pending: number }).pending;
    await expect.poll(pending, { timeout: ANALYSED_WITHIN, message: "runs to be analysed" }).toBe(0);
  }

  private headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.token}` };
  }
}

async function answer(response: APIResponse): Promise<unknown> {
  expect(response.ok(), `${response.status()} ${response.url()}: ${await response.text()}`).toBe(true);
  return response.json();
}
