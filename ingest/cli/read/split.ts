import { WrongUse } from "../exit";

/** Text of one JSON value and the line (from 1) on which it starts. */
export type Piece = { text: string; line: number };

const isBlank = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const NEWLINE = 0x0a;

/**
 * Cuts a text that arrives in chunks into its documents, so that a file of any size is held one document at a time.
 * Takes values one after the other (a document, NDJSON, pretty-printed ones, files joined by `cat`); the elements of an
 * array at the top level are documents of their own. Only cuts: whether a piece is JSON, its reader finds out.
 */
export class Splitter {
  #buffer = "";
  #position = 0;
  #start = -1;
  #depth = 0;
  #isText = false;
  #isEscaped = false;
  #line = 1;
  #startLine = 1;
  #isInList = false;
  /** Inside a list: what may come next. */
  #next: "first" | "value" | "separator" = "first";

  /** The documents that `chunk` completes. */
  push(chunk: string): Piece[] {
    this.#buffer += chunk;
    const pieces: Piece[] = [];
    for (; this.#position < this.#buffer.length; this.#position++) {
      const piece = this.#step(this.#buffer.charCodeAt(this.#position));
      if (piece) pieces.push(piece);
    }
    const keepFrom = this.#start === -1 ? this.#position : this.#start;
    this.#buffer = this.#buffer.slice(keepFrom);
    this.#position -= keepFrom;
    if (this.#start !== -1) this.#start = 0;
    return pieces;
  }

  /** The last document. Throws when the text ends in the middle of something. */
  end(): Piece[] {
    if (this.#depth > 0 || this.#isText)
      throw new WrongUse(`line ${this.#startLine}: the text ends in the middle of a document. Was it cut off?`);
    const last = this.#start === -1 ? [] : [this.#cut()];
    if (this.#isInList) throw new WrongUse(`line ${this.#line}: the text ends before the array is closed by "]".`);
    return last;
  }

  #step(code: number): Piece | null {
    if (code === NEWLINE) this.#line++;
    if (this.#isText) this.#stepText(code);
    else if (this.#start !== -1) return this.#stepValue(code);
    else this.#stepBetween(code);
    return null;
  }

  #stepText(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isText = false;
  }

  #stepValue(code: number): Piece | null {
    if (this.#depth === 0 && (isBlank(code) || code === COMMA || code === CLOSE_LIST)) {
      const piece = this.#cut();
      this.#stepBetween(code);
      return piece;
    }
    return this.#stepInside(code);
  }

  #stepInside(code: number): Piece | null {
    if (code === QUOTE) this.#isText = true;
    else if (code === OPEN_OBJECT || code === OPEN_LIST) this.#depth++;
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      this.#depth--;
      if (this.#depth <= 0) return this.#cut(1);
    }
    return null;
  }

  #stepBetween(code: number): void {
    if (isBlank(code)) return;
    if (this.#isInList) this.#stepInList(code);
    else if (code === OPEN_LIST) {
      this.#isInList = true;
      this.#next = "first";
    } else if (code === COMMA || code === CLOSE_LIST) throw this.#misplaced(code);
    else this.#begin(code);
  }

  #stepInList(code: number): void {
    if (code === CLOSE_LIST && this.#next !== "value") this.#isInList = false;
    else if (code === COMMA && this.#next === "separator") this.#next = "value";
    else if (code === COMMA || code === CLOSE_LIST || this.#next === "separator") throw this.#misplaced(code);
    else this.#begin(code);
  }

  #begin(code: number): void {
    this.#start = this.#position;
    this.#startLine = this.#line;
    this.#depth = 0;
    this.#stepInside(code);
  }

  #cut(including = 0): Piece {
    const text = this.#buffer.slice(this.#start, this.#position + including);
    this.#start = -1;
    this.#depth = 0;
    this.#next = "separator";
    return { text, line: this.#startLine };
  }

  #misplaced(code: number): WrongUse {
    return new WrongUse(`line ${this.#line}: "${String.fromCharCode(code)}" is out of place between two documents.`);
  }
}
