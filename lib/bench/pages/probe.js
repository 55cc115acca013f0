// Runs in a page before its own code and keeps the times that the bench asks for. Plain JavaScript: what a compiler adds
// to a function is not there in the page; functions that the bench sends call this one.
globalThis.__name ??= (one) => one;

(() => {
  const LONGEST_MS = 30_000;

  const observe = (type, options, each) => {
    if (PerformanceObserver.supportedEntryTypes.includes(type))
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...options });
  };

  /** Called in an animation frame: gives `then` the time of the task after it, when the frame has been painted. */
  const afterThisFrame = (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(null);
  };

  /** Gives `then` the time when the next frame has been painted. */
  const afterPaint = (then) => requestAnimationFrame(() => afterThisFrame(then));

  /** Resolves with the time when the first frame in which `holds` has been painted; rejects after half a minute. */
  const painted = (holds) => {
    const since = performance.now();
    return new Promise((resolve, reject) => {
      const look = () => {
        if (holds()) afterThisFrame(resolve);
        else if (performance.now() - since > LONGEST_MS) reject(new Error(`Never painted: ${holds}`));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  };

  const bench = { largest: 0, largestIs: "", events: [], inputs: [], frames: [], drawn: null, afterPaint, painted };
  globalThis.bench = bench;

  observe("largest-contentful-paint", {}, ({ startTime, element }) => {
    bench.largest = startTime;
    bench.largestIs = element ? `${element.tagName.toLowerCase()} ${element.textContent?.slice(0, 40) ?? ""}` : "";
  });
  observe("event", { durationThreshold: 16 }, ({ name, startTime, duration }) =>
    bench.events.push({ name, startTime, duration }),
  );

  /** Inputs of these kinds: when the page heard of them, and when the frame after them had been painted. */
  bench.listen = (types) => {
    for (const type of types)
      addEventListener(
        type,
        ({ timeStamp }) => {
          const heard = performance.now();
          afterPaint((now) =>
            bench.inputs.push({ type, at: timeStamp, waited: heard - timeStamp, took: now - timeStamp }),
          );
        },
        { capture: true, passive: true },
      );
  };

  /** Keeps the time of each frame while `during` goes on, and what `look` says of it. */
  bench.watchFrames = (look) => {
    let last = performance.now();
    let goesOn = true;
    const frame = (now) => {
      bench.frames.push({ took: now - last, seen: look() });
      last = now;
      if (goesOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(frame);
    });
    return () => {
      goesOn = false;
      return bench.frames.splice(0);
    };
  };

  /** When so many marks of a page were painted for the first time, since its navigation began. */
  const { selector, count } = globalThis.benchMarks ?? {};
  if (selector)
    painted(() => document.querySelectorAll(selector).length >= count).then(
      (at) => {
        bench.drawn = at;
      },
      () => undefined, // whoever waits for it says so
    );
})();
