import type { Page } from "@playwright/test";

/** What makes the page wider than its window: the outermost elements that reach beyond it, in words. */
export function beyondWindow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    // What reaches beyond a part that scrolls or cuts within itself makes nothing wider.
    const isCut = (element: Element): boolean => {
      for (let outer = element.parentElement; outer && outer !== document.body; outer = outer.parentElement)
        if (getComputedStyle(outer).overflowX !== "visible") return true;
      return false;
    };
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !isCut(element),
    );
    const told = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
    return [
      `${root.scrollWidth - root.clientWidth} px too wide`,
      ...told.slice(0, 5).map((element) => element.outerHTML.slice(0, 200)),
    ];
  });
}

/** Texts in sight that are smaller than 12 px. */
export function smallTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || !node.textContent?.trim() || !parent.checkVisibility() || /^(SCRIPT|STYLE)$/.test(parent.tagName))
        continue;
      const size = Number.parseFloat(getComputedStyle(parent).fontSize);
      if (size < 12) found.push(`${size} px: ${node.textContent.slice(0, 60)}`);
    }
    return found.slice(0, 5);
  });
}

/** What moved on its own since the page began to load, and by how much. */
export function layoutShifts(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const found: string[] = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
            sources: { node: Node | null }[];
          })[])
            if (!entry.hadRecentInput)
              found.push(
                `${entry.value.toFixed(4)}: ${entry.sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 120) : node?.nodeName)).join(" | ")}`,
              );
        }).observe({ type: "layout-shift", buffered: true });
        // Buffered entries come before the second frame after the observer was made.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(found)));
      }),
  );
}
