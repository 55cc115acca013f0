export { runWorker, type Worker } from "./worker";
