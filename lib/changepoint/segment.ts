type SegmentOptions = { penalty: number; cap: number; weights?: ArrayLike<number>; resolution?: number };

/**
 * Optimal segmentation of values around piecewise constant levels: the ends of segments (exclusive, ascending, the last is
 * n) that minimise the sum over points of weight * min((value - level)^2, cap^2) plus `penalty` per segment.
 * Exact with `resolution` 0, by functional pruning. The cap leaves some sqrt(n) pieces in a long segment; pieces narrower
 * than `resolution` (unit of the values) are joined, each time at a cost of at most resolution^2: near-linear in n then. Values in units of their noise are best conditioned.
 * Source: Maidstone, Hocking, Rigaill & Fearnhead 2017, doi 10.1007/s11222-016-9636-3; the capped (biweight) loss, under
 * which spikes open no segment: Fearnhead & Rigaill 2019, doi 10.1080/01621459.2017.1385466.
 */
export function segment(
  values: ArrayLike<number>,
  { penalty, cap, weights, resolution = 0 }: SegmentOptions,
): number[] {
  const n = values.length;
  if (n === 0) return [];
  let current = startPieces(values);
  let next = pieces(64);
  const from = new Int32Array(n);
  let best: Best = { cost: -penalty, from: 0 };
  for (let t = 0; t < n; t++) {
    next = room(next, 2 * current.count + 4);
    if (t > 0) admit(current, next, best.cost + penalty, t, resolution);
    const grown = t > 0 ? next : current;
    const target = t > 0 ? room(current, 3 * grown.count + 4) : room(next, 3 * grown.count + 4);
    addLoss(grown, target, values[t] as number, weights?.[t] ?? 1, cap);
    best = smallest(target);
    from[t] = best.from;
    [current, next] = [target, grown];
  }
  return traceBack(from);
}

/**
 * A function of the level, piece by piece: on [left, left of the next) it is weight * (level - centre)^2 + base.
 * `from` is where the last segment of the best segmentation starts if the level lies there. In this form (not a x^2 +
 * b x + c) levels a billion sds apart lose no digits.
 */
type Pieces = {
  count: number;
  end: number;
  left: Float64Array;
  weight: Float64Array;
  centre: Float64Array;
  base: Float64Array;
  from: Int32Array;
};

type Best = { cost: number; from: number };

function pieces(size: number): Pieces {
  return {
    count: 0,
    end: 0,
    left: new Float64Array(size),
    weight: new Float64Array(size),
    centre: new Float64Array(size),
    base: new Float64Array(size),
    from: new Int32Array(size),
  };
}

/** The same store, emptied, or a larger one. Typed arrays are kept between points: no garbage per point. */
function room(store: Pieces, size: number): Pieces {
  if (store.left.length < size) return pieces(2 * size);
  store.count = 0;
  return store;
}

function push(to: Pieces, left: number, weight: number, centre: number, base: number, from: number): void {
  const k = to.count++;
  to.left[k] = left;
  to.weight[k] = weight;
  to.centre[k] = centre;
  to.base[k] = base;
  to.from[k] = from;
}

function startPieces(values: ArrayLike<number>): Pieces {
  let low = values[0] as number;
  let high = low;
  for (let i = 1; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const start = pieces(64);
  push(start, low, 0, 0, 0, 0);
  start.end = high;
  return start;
}

/** The minimum of the function and of a new segment (a constant), written to `to`. */
function admit(store: Pieces, to: Pieces, limit: number, t: number, resolution: number): void {
  to.end = store.end;
  let inNew = false;
  for (let k = 0; k < store.count; k++) {
    const left = store.left[k] as number;
    const right = k + 1 < store.count ? (store.left[k + 1] as number) : store.end;
    const weight = store.weight[k] as number;
    const centre = store.centre[k] as number;
    const base = store.base[k] as number;
    const slack = limit - base;
    const reach = slack < 0 ? -1 : weight > 0 ? Math.sqrt(slack / weight) : Number.POSITIVE_INFINITY;
    const keepFrom = Math.max(left, centre - reach);
    const keepTo = Math.min(right, centre + reach);
    if (reach < 0 || keepFrom > keepTo) {
      if (!inNew) push(to, left, 0, 0, limit, t);
      inNew = true;
      continue;
    }
    if (keepFrom > left && !inNew) push(to, left, 0, 0, limit, t);
    const from = store.from[k] as number;
    const last = to.count - 1; // a hair's breadth of the same segment before this piece takes it in
    const joins = last >= 0 && to.from[last] === from && keepTo - (to.left[last] as number) < resolution;
    if (!joins) push(to, keepFrom, weight, centre, base, from);
    inNew = keepTo < right;
    if (inNew) push(to, keepTo, 0, 0, limit, t);
  }
}

/** Adds the loss of one value to every piece, cutting pieces where the loss becomes constant. */
function addLoss(store: Pieces, to: Pieces, value: number, weight: number, cap: number): void {
  to.end = store.end;
  const low = value - cap;
  const high = value + cap;
  for (let k = 0; k < store.count; k++) {
    const left = store.left[k] as number;
    const right = k + 1 < store.count ? (store.left[k + 1] as number) : store.end;
    const w = store.weight[k] as number;
    const centre = store.centre[k] as number;
    const base = store.base[k] as number;
    const from = store.from[k] as number;
    if (left < low || left > high) push(to, left, w, centre, base + weight * cap * cap, from);
    if (right < low || left > high) continue;
    const gap = centre - value;
    const sum = w + weight;
    push(to, Math.max(left, low), sum, value + (gap * w) / sum, base + (gap * gap * w * weight) / sum, from);
    if (right > high) push(to, high, w, centre, base + weight * cap * cap, from);
  }
}

function smallest(store: Pieces): Best {
  let cost = Number.POSITIVE_INFINITY;
  let from = 0;
  for (let k = 0; k < store.count; k++) {
    const base = store.base[k] as number;
    if (base >= cost) continue; // the base is the piece's least value wherever its centre lies
    const left = store.left[k] as number;
    const right = k + 1 < store.count ? (store.left[k + 1] as number) : store.end;
    const centre = store.centre[k] as number;
    const off = centre < left ? left - centre : centre > right ? centre - right : 0;
    const value = base + (store.weight[k] as number) * off * off;
    if (value < cost) {
      cost = value;
      from = store.from[k] as number;
    }
  }
  return { cost, from };
}

function traceBack(from: Int32Array): number[] {
  const ends: number[] = [];
  for (let end = from.length; end > 0; end = from[end - 1] as number) ends.push(end);
  return ends.reverse();
}
