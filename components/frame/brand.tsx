/** The mark: a level that steps over a tide. */
export function Mark() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      className="block shrink-0 fill-none stroke-ink"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M1 14.500c2.200 0 2.200-2 4.500-2s2.300 2 4.500 2 2.200-2 4.500-2 2.300 2 4.500 2" />
      <path d="M2 9.500h6.500V5H18" />
    </svg>
  );
}
