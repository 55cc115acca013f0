import { expect, test } from "vitest";
import { findShifts, scoreProject, simulate } from ".";

test("a simulated project: what is to be found is found, in its range, and at most one shift is false", () => {
  const project = simulate(4);
  const { shifts } = findShifts(project);
  const score = scoreProject(project, shifts.current);
  expect(score.truths).toBeGreaterThanOrEqual(5);
  expect(score.found / score.truths).toBeGreaterThanOrEqual(0.95);
  expect(score.inRange / score.found).toBeGreaterThanOrEqual(0.95);
  expect(score.byChance + score.bySlowRun + score.byDrift + score.fragments).toBeLessThanOrEqual(1);
});

test("in whatever order the runs of a project arrive, its shifts are the same", () => {
  const project = simulate(5);
  const backwards = { ...project, runs: [...project.runs].reverse() };
  const lasting = ({ shifts }: ReturnType<typeof findShifts>) =>
    shifts.current.map(({ lastGood, firstShifted, direction, members }) => ({
      ...{ lastGood, firstShifted, direction },
      members: members.map(({ line, at }) => `${line} ${at}`).sort(),
    }));
  expect(lasting(findShifts(backwards))).toEqual(lasting(findShifts(project)));
});
