export { taskList } from "./tasks";
export { runWorker, WORKER_NAME, type Worker } from "./worker";
