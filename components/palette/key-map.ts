/** Keys and what they do. A key of several parts is written with spaces: "Shift ←". */
export type KeyLine = { keys: string[]; does: string };

/** Every key that works, by where it does; `modifier` is that of the machine, with its space. */
export const keyMap = (modifier: string): { where: string; lines: KeyLine[] }[] => [
  {
    where: "Everywhere",
    lines: [
      { keys: [`${modifier}K`], does: "Jump to a workload, shift, release, commit or page" },
      { keys: ["/"], does: "Filter the list" },
      { keys: ["?"], does: "These keys" },
      { keys: ["Esc"], does: "Close what floats" },
    ],
  },
  {
    where: "Charts and strips",
    lines: [
      { keys: ["←", "→"], does: "Walk the points or cells" },
      { keys: ["Shift ←", "Shift →"], does: "Walk the changepoints of a chart" },
      { keys: ["Home", "End"], does: "First and last point or cell" },
      { keys: ["Enter"], does: "Pin the point, open the cell" },
      { keys: ["Esc"], does: "Let go, unpin, reset the zoom" },
    ],
  },
  {
    where: "List of shifts",
    lines: [
      { keys: ["J", "K"], does: "Next and previous row" },
      { keys: ["O"], does: "Open the row" },
      { keys: ["X", "Shift X"], does: "Select the row, select up to it" },
      { keys: ["D", "L"], does: "Set the day it is due, link an issue" },
      { keys: ["Esc"], does: "Select none" },
    ],
  },
  {
    where: "List of shifts and a shift",
    lines: [
      { keys: ["E"], does: "Change the status" },
      { keys: ["A"], does: "Take it on yourself" },
      { keys: ["U", "Z"], does: "Undo the last change" },
    ],
  },
];
