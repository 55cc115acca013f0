/** Numbers of one block. */
const BLOCK = 1 << 14;

/**
 * Gives out arrays of zeros that lie side by side in a few large blocks. A small typed array has a buffer of its own outside
 * the heap, which costs more to make and to free than thirty values cost to compute with; ten thousand rows feel it. A block
 * lives as long as any array of it.
 */
export class Room {
  #block = new Float64Array(0);
  #used = 0;

  take(length: number): Float64Array {
    if (this.#used + length > this.#block.length) {
      this.#block = new Float64Array(Math.max(BLOCK, length));
      this.#used = 0;
    }
    this.#used += length;
    return this.#block.subarray(this.#used - length, this.#used);
  }
}
