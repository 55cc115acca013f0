// Loaded before web and worker (node --import): the launcher holds the other end of stdin, so its end, even by
// kill -9, is the end of this process too.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.on("error", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
process.stdin.unref?.();
