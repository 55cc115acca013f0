/** A commit of the graph. Parents that are not in the graph are unknown; the first is the line it was made on. */
export type GraphCommit = { sha: string; parents: readonly string[]; committedAt: string | null };

export type Graph = ReadonlyMap<string, GraphCommit>;

/** What is known of a branch. */
export type BranchFacts = {
  /** Commits that runs claim for the branch, with the newest startedAt of these runs. */
  claims: ReadonlyMap<string, string | null>;
  /** The head of each commit list that was received, and when (any text that sorts). */
  heads: ReadonlyMap<string, string>;
  /** The default branch's line, when this is another branch. */
  base?: ReadonlySet<string>;
};

/** How far another branch's line goes down the default branch's line, in commits. */
export const MAX_BASE_COMMITS = 200;

/**
 * The commits of a branch's line in first-parent order, oldest first; dates never stand against the graph.
 * What runs claim for the branch but is not in the answer lies off the line (a merged side branch, rewritten history).
 *
 * Commits that no known parents connect form pieces (a suite that measures every tenth commit, or sends no parents).
 * Each piece runs down the first parents of its tip; pieces follow one another by their tips' dates. The tip of a piece
 * with a commit list is the head of the newest one, or a claimed commit that continues it; of a piece without a list the
 * claimed commit that is nobody's ancestor. A function of sets: whatever arrived first, the line is the same.
 * O(commits + edges). Cycles in the parents, which no honest client sends, end a walk.
 */
export function orderLine(graph: Graph, branch: BranchFacts): string[] {
  const roots = [...branch.heads.keys(), ...branch.claims.keys()].filter((sha) => graph.has(sha));
  const pieces = splitPieces(graph, roots).map((members) => {
    const tip = tipOf(graph, branch, members);
    return { tip, key: sortKey(graph, branch, tip, "committed") };
  });
  pieces.sort((a, b) => compareKeys(a.key, b.key));
  return pieces.flatMap(({ tip }) => walkDown(graph, tip, branch.base).reverse());
}

/** The roots of each connected piece of what is reachable from `roots` through any parents. */
function splitPieces(graph: Graph, roots: readonly string[]): string[][] {
  const pieceOf = new Map<string, string>(); // a sha to one nearer to its piece's representative
  const find = (sha: string): string => {
    let top = sha;
    for (let up = pieceOf.get(top); up !== undefined && up !== top; up = pieceOf.get(top)) top = up;
    for (let at = sha; at !== top; ) {
      const next = pieceOf.get(at) ?? top;
      pieceOf.set(at, top);
      at = next;
    }
    return top;
  };
  const open = [...roots];
  for (const sha of roots) pieceOf.set(sha, sha);
  for (let sha = open.pop(); sha !== undefined; sha = open.pop())
    for (const parent of knownParents(graph, sha)) {
      if (!pieceOf.has(parent)) {
        pieceOf.set(parent, parent);
        open.push(parent);
      }
      pieceOf.set(find(parent), find(sha));
    }
  const pieces = new Map<string, string[]>();
  for (const sha of new Set(roots)) {
    const representative = find(sha);
    const piece = pieces.get(representative);
    if (piece) piece.push(sha);
    else pieces.set(representative, [sha]);
  }
  return [...pieces.values()];
}

function tipOf(graph: Graph, branch: BranchFacts, members: readonly string[]): string {
  const claims = members.filter((sha) => branch.claims.has(sha));
  const heads = members.filter((sha) => branch.heads.has(sha));
  if (!heads.length) return newestTip(graph, branch, claims);
  const covered = firstParentAncestors(graph, heads);
  const tops = heads.filter((sha) => !covered.has(sha));
  const head = newest(tops.length ? tops : heads, (sha) => [branch.heads.get(sha) ?? "", sha]);
  const continuing = descendants(graph, claims, head);
  return continuing.length ? newestTip(graph, branch, continuing) : head;
}

/** Of the claimed commits that are no ancestor of another: the one that was measured last. */
function newestTip(graph: Graph, branch: BranchFacts, claims: readonly string[]): string {
  const below = ancestors(graph, claims);
  const tips = claims.filter((sha) => !below.has(sha));
  return newest(tips.length ? tips : claims, (sha) => sortKey(graph, branch, sha, "started"));
}

type SortKey = readonly string[];

function sortKey(graph: Graph, branch: BranchFacts, sha: string, first: "started" | "committed"): SortKey {
  const started = branch.claims.get(sha) ?? "";
  const committed = graph.get(sha)?.committedAt ?? "";
  return first === "started" ? [started, committed, sha] : [committed || started, started, sha];
}

function compareKeys(a: SortKey, b: SortKey): number {
  for (const [index, text] of a.entries()) {
    const other = b[index] ?? "";
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}

function newest(shas: readonly string[], key: (sha: string) => SortKey): string {
  return shas.reduce((best, sha) => (compareKeys(key(sha), key(best)) > 0 ? sha : best));
}

const knownParents = (graph: Graph, sha: string): string[] =>
  (graph.get(sha)?.parents ?? []).filter((parent) => graph.has(parent));

const firstParent = (graph: Graph, sha: string): string | undefined => {
  const parent = graph.get(sha)?.parents[0];
  return parent !== undefined && graph.has(parent) ? parent : undefined;
};

/** Everything below `shas`, through any parents, without a commit that is only below itself. */
function ancestors(graph: Graph, shas: readonly string[]): Set<string> {
  const below = new Set<string>();
  const open = shas.flatMap((sha) => knownParents(graph, sha));
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (below.has(sha)) continue;
    below.add(sha);
    for (const parent of knownParents(graph, sha)) open.push(parent);
  }
  return below;
}

/** Everything below `shas` on their own first-parent chains. */
function firstParentAncestors(graph: Graph, shas: readonly string[]): Set<string> {
  const below = new Set<string>();
  for (const sha of shas)
    for (let at = firstParent(graph, sha); at !== undefined && !below.has(at); at = firstParent(graph, at))
      below.add(at);
  return below;
}

/** Those of `shas` whose first parents lead to `head`; `head` itself is none. */
function descendants(graph: Graph, shas: readonly string[], head: string): string[] {
  const leads = new Map<string, boolean>([[head, true]]);
  const isAbove = (sha: string): boolean => {
    const walked: string[] = [];
    let at: string | undefined = sha;
    for (; at !== undefined && !leads.has(at); at = firstParent(graph, at)) {
      leads.set(at, false); // until the end is known; also ends a cycle
      walked.push(at);
    }
    const found = at !== undefined && leads.get(at) === true;
    for (const each of walked) leads.set(each, found);
    return found;
  };
  return shas.filter((sha) => sha !== head && isAbove(sha));
}

/** `tip` and its first parents, newest first. */
function walkDown(graph: Graph, tip: string, base?: ReadonlySet<string>): string[] {
  const line: string[] = [];
  const seen = new Set<string>();
  let onBase = 0;
  for (let sha: string | undefined = tip; sha !== undefined && !seen.has(sha); sha = firstParent(graph, sha)) {
    if (base?.has(sha) && ++onBase > MAX_BASE_COMMITS) break;
    seen.add(sha);
    line.push(sha);
  }
  return line;
}
