import { expect, test } from "vitest";
import { falseOf, findShifts, scoreProject, simulate } from ".";

test("a simulated project: what is to be found is found, in its range, and at most one shift is false", () => {
  const project = simulate(4);
  const score = scoreProject(project, findShifts(project).current);
  expect(score.truths).toBeGreaterThanOrEqual(5);
  expect(score.found / score.truths).toBeGreaterThanOrEqual(0.95);
  expect(score.inRange / score.found).toBeGreaterThanOrEqual(0.95);
  expect(falseOf(score)).toBeLessThanOrEqual(1);
});

test("an environment that moves is told as such, and no step of the code is put down to it", () => {
  const project = simulate(12);
  expect(project.move).not.toBeNull();
  const score = scoreProject(project, findShifts(project).current);
  expect(score.environment).toBeGreaterThanOrEqual(1);
  expect(score.byEnvironment).toBe(0);
  expect(score.excused).toBe(0);
});

test("in whatever order the runs of a project arrive, its shifts are the same", () => {
  const project = simulate(5);
  const backwards = { ...project, runs: [...project.runs].reverse() };
  const lasting = ({ current }: ReturnType<typeof findShifts>) =>
    current.map(({ lastGood, firstShifted, direction, members }) => ({
      ...{ lastGood, firstShifted, direction },
      members: members.map(({ line, at }) => `${line} ${at}`).sort(),
    }));
  expect(lasting(findShifts(backwards))).toEqual(lasting(findShifts(project)));
});
