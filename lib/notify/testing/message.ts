import type { Message, MessageBody, ToldMember } from "../message";

/** A member of a told shift: duration of map_futures on vm-b, 12.1 s to 29.7 s. */
export const member = (own: Partial<ToldMember> = {}): ToldMember => ({
  ...{ workload: "map_futures", params: "", metric: "duration", metricName: null, unit: "s", better: "lower" },
  ...{ environment: "vm-b", before: 12.1, after: 29.7, change: 1.4545, difference: 17.6, interval: [1.38, 1.52] },
  ...own,
});

/** A told shift of one member, and the message about it. */
export const message = (own: Partial<Message> = {}, body: Partial<MessageBody> = {}): Message => ({
  kind: "confirmed",
  id: "tidemark-dask-7",
  at: "2026-11-20T10:00:00.000Z",
  url: "https://perf.example/dask/shifts/6",
  image: "https://perf.example/api/v1/projects/dask/shifts/6/image.png",
  ...own,
  body: {
    ...{ project: "dask", projectName: "Dask", repository: null, shift: 6, direction: "regression" },
    title: "Duration of map_futures +145 %",
    lastGood: "fad7f65".padEnd(40, "0"),
    firstShifted: "c53d30c".padEnd(40, "0"),
    ...{ committedAt: "2026-11-18T10:00:00.000Z", commits: 3, pullRequest: null, changepoints: 1, because: null },
    members: [member()],
    ...body,
  },
});
