/** What somebody may call a workload, a branch or themselves: text everywhere, nothing else. */
export const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  '"onmouseover=alert(1)',
  "[x](javascript:alert(1))",
  '=HYPERLINK("http://x")',
  "]]><script>alert(1)</script>",
  "@everyone #1 !2",
  "a | b\n# c",
  "\u202egnp.exe\u0000\u0007",
] as const;
