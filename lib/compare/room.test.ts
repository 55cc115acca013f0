import fc from "fast-check";
import { expect, test } from "vitest";
import { Room } from "./room";

test("arrays of a room are zeros at first and share no place, also those longer than a block", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(16_384, 20_000)), { maxLength: 60 }),
      (lengths) => {
        const room = new Room();
        const taken = lengths.map((length) => room.take(length));
        expect(taken.map((array) => array.length)).toEqual(lengths);
        expect(taken.every((array) => array.every((value) => value === 0))).toBe(true);
        for (const [i, array] of taken.entries()) array.fill(i + 1);
        expect(taken.every((array, i) => array.every((value) => value === i + 1))).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
});
