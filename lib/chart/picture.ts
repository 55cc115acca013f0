/** A colour by the name of its token: a picture is drawn in the theme that is shown. */
export type PictureColour =
  | "bg"
  | "ink"
  | "ink-2"
  | "ink-3"
  | "line"
  | "line-strong"
  | "grid"
  | "null"
  | "worse"
  | "better"
  | "worse-mark"
  | "better-mark";

/** What a picture is made of; px from its left and top edge, in the order in which it is painted. */
export type Shape =
  | {
      kind: "text";
      x: number;
      y: number;
      text: string;
      align: "left" | "center" | "right";
      size: number;
      bold: boolean;
      fill: PictureColour;
      most?: number;
    }
  | {
      kind: "rect";
      x: number;
      y: number;
      width: number;
      height: number;
      fill: PictureColour | null;
      stroke: PictureColour | null;
    }
  | { kind: "circle"; x: number; y: number; radius: number; fill: PictureColour; stroke: PictureColour }
  | {
      kind: "path";
      points: readonly (readonly [number, number])[];
      fill: PictureColour | null;
      stroke: PictureColour;
      closed: boolean;
    }
  | {
      kind: "line";
      x1: number;
      y1: number;
      x2: number;
      y2: number;
      stroke: PictureColour;
      width: number;
      dash: readonly number[];
    };

/** A picture without pixels: it can be tested as numbers and painted on any canvas. */
export type Picture = { width: number; height: number; shapes: Shape[] };
