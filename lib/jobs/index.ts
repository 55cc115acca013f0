export { taskList } from "./tasks";
export { runWorker, type Worker } from "./worker";
