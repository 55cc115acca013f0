import type { Picture, PictureColour, Shape } from "@/lib/chart/picture";

/** Pixels per px, so that the picture is sharp on any screen. */
const SHARPNESS = 2;

/** Paints a picture in the theme and typeface of the page, as a PNG. Throws when the browser gives no canvas. */
export async function paintPng({ width, height, shapes }: Picture): Promise<Blob> {
  await document.fonts.ready;
  const canvas = document.createElement("canvas");
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser cannot paint pictures.");
  context.scale(SHARPNESS, SHARPNESS);
  const brush: Brush = {
    context,
    colour: coloursOf(document.body),
    family: getComputedStyle(document.body).fontFamily,
  };
  for (const shape of shapes) paint(shape, brush);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large to paint."))),
      "image/png",
    ),
  );
}

type Brush = { context: CanvasRenderingContext2D; colour: (name: PictureColour) => string; family: string };

/** Tokens resolve through an element: light-dark() has no value of its own. */
function coloursOf(parent: HTMLElement): Brush["colour"] {
  const known = new Map<PictureColour, string>();
  return (name) => {
    const found = known.get(name);
    if (found) return found;
    const probe = document.createElement("span");
    probe.style.color = `var(--${name})`;
    parent.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    known.set(name, colour);
    return colour;
  };
}

function paint(shape: Shape, { context, colour, family }: Brush): void {
  context.beginPath();
  switch (shape.kind) {
    case "text":
      context.font = `${shape.bold ? 600 : 400} ${shape.size}px ${family}`;
      context.textAlign = shape.align;
      context.fillStyle = colour(shape.fill);
      context.fillText(
        shape.most === undefined ? shape.text : shortened(context, shape.text, shape.most),
        shape.x,
        shape.y,
      );
      return;
    case "rect":
      context.rect(shape.x, shape.y, shape.width, shape.height);
      break;
    case "circle":
      context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      break;
    case "path":
      for (const [x, y] of shape.points) context.lineTo(x, y); // the first one is a move
      if (shape.closed) context.closePath();
      break;
    case "line":
      context.moveTo(shape.x1, shape.y1);
      context.lineTo(shape.x2, shape.y2);
  }
  if (shape.kind !== "line" && shape.fill) {
    context.fillStyle = colour(shape.fill);
    context.fill();
  }
  if (!shape.stroke) return;
  context.strokeStyle = colour(shape.stroke);
  context.lineWidth = shape.kind === "line" ? shape.width : 1.5;
  context.setLineDash(shape.kind === "line" ? [...shape.dash] : []);
  context.stroke();
}

/** A text that fits, its middle left out: both ends of a name tell it apart. */
function shortened(context: CanvasRenderingContext2D, text: string, most: number): string {
  if (context.measureText(text).width <= most) return text;
  let kept = text.length;
  const cut = () => `${text.slice(0, Math.ceil(kept / 2))}…${text.slice(text.length - Math.floor(kept / 2))}`;
  while (kept > 1 && context.measureText(cut()).width > most) kept--;
  return cut();
}
