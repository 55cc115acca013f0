/** Weights of the typeface that pictures are set in. */
export type Weight = "regular" | "semibold";

/** Advance widths of Geist Sans in thousandths of the size, for the characters from space to "~" (a test measures them). */
const WIDTHS: Readonly<Record<Weight, readonly number[]>> = {
  regular: [
    250, 213, 346, 478, 629, 802, 620, 178, 274, 274, 430, 558, 201, 419, 201, 480, 663, 384, 619, 613, 615, 626, 593,
    524, 604, 593, 297, 297, 544, 540, 544, 559, 906, 668, 680, 703, 694, 603, 590, 700, 713, 270, 597, 640, 580, 877,
    743, 739, 650, 733, 672, 640, 552, 689, 667, 945, 606, 576, 544, 347, 455, 347, 426, 557, 248, 551, 595, 546, 595,
    561, 395, 594, 581, 244, 260, 590, 267, 877, 581, 573, 595, 595, 379, 520, 392, 575, 536, 819, 585, 537, 537, 389,
    264, 389, 523,
  ],
  semibold: [
    236, 243, 376, 552, 656, 818, 677, 195, 306, 306, 424, 566, 225, 418, 225, 508, 683, 427, 642, 637, 643, 656, 615,
    538, 644, 618, 306, 306, 548, 548, 548, 581, 944, 709, 695, 724, 708, 615, 600, 726, 719, 290, 617, 672, 586, 902,
    748, 763, 664, 757, 689, 668, 584, 699, 709, 991, 660, 613, 577, 375, 485, 375, 450, 560, 268, 580, 621, 580, 621,
    591, 429, 620, 601, 269, 308, 628, 297, 892, 601, 603, 621, 621, 409, 553, 427, 597, 584, 839, 628, 570, 567, 401,
    284, 401, 523,
  ],
};

const SPACES = new Set(["\u00a0", "\u202f"]);
/** Scripts whose characters stand on a square each. */
const SQUARE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\p{Extended_Pictographic}]/u;
const OTHER = 620;

/** Width of a text in px, set in `size` px. What the table does not know is taken for an average letter, or a square. */
export function textWidth(text: string, size: number, weight: Weight = "regular"): number {
  let sum = 0;
  for (const character of text) sum += advance(character, weight);
  return (sum * size) / 1000;
}

function advance(character: string, weight: Weight): number {
  if (SPACES.has(character)) return WIDTHS[weight][0] ?? OTHER;
  const known = WIDTHS[weight][(character.codePointAt(0) ?? 0) - 32];
  if (known !== undefined) return known;
  return SQUARE.test(character) ? 1000 : OTHER;
}

/** The text, cut with an ellipsis where it would be wider than `most` px. */
export function cut(text: string, most: number, size: number, weight: Weight = "regular"): string {
  if (textWidth(text, size, weight) <= most) return text;
  const characters = [...text];
  let width = textWidth("…", size, weight);
  let kept = 0;
  while (kept < characters.length) {
    width += textWidth(characters[kept] as string, size, weight);
    if (width > most) break;
    kept++;
  }
  return `${characters.slice(0, kept).join("").trimEnd()}…`;
}

/** The text in at most `lines` lines of `most` px, broken between words; the last one is cut. A word too long is cut too. */
export function wrapped(text: string, most: number, size: number, lines: number, weight: Weight = "regular"): string[] {
  const words = text.split(" ").filter(Boolean);
  const result: string[] = [];
  let line = "";
  for (const [i, word] of words.entries()) {
    const longer = line ? `${line} ${word}` : word;
    if (!line || textWidth(longer, size, weight) <= most) {
      line = longer;
      continue;
    }
    if (result.length === lines - 1) return [...result, cut([line, ...words.slice(i)].join(" "), most, size, weight)];
    result.push(cut(line, most, size, weight));
    line = word;
  }
  return line ? [...result, cut(line, most, size, weight)] : result;
}
