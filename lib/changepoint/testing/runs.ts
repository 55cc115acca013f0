import { type Kind, noise } from "./generate";

/**
 * Points of 1, 3 or 8 runs (six, two and two of ten points) around level 100, moved by `lift`. Runs scatter by sd 1 of a
 * kind of noise, commits by `commitSd` of the normal one beside.
 */
export function pointsOfRuns(
  kind: Kind,
  n: number,
  commitSd: number,
  random: () => number,
  lift: (i: number) => number = () => 0,
): number[][][] {
  const commits = noise("normal", n, random);
  return commits.map((commit, i) => {
    const runs = random() < 0.6 ? 1 : random() < 0.5 ? 3 : 8;
    return noise(kind, runs, random).map((run) => [100 + run + commitSd * commit + lift(i)]);
  });
}
