/** The line that parts the figure's halves; most of it is one half, drawn again in a mirror. */
export const middle = 450;
export const skin = {
  base: '#d3a07e',
  shade: '#9a6145',
  deep: '#6f3f2b',
  light: '#efc9aa',
  blush: '#c9765f',
};
export const hair = { base: '#3a2a22', dark: '#1f1512', light: '#77584a' };
export const cloth = { base: '#eeece7', shade: '#a9a59f', light: '#ffffff' };
export const denim = { base: '#6f8cad', shade: '#33496a', light: '#a9c1d8', thread: '#c09a5e' };

/** A path whose x counts from the middle, as one with absolute coordinates. */
export const path = (text: string): string =>
  text.replaceAll(
    /(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/g,
    (_, x: string, y: string) => `${middle + Number(x)},${y}`,
  );

/** A closed outline that is the same on both sides, from points of the right half listed from top to bottom. */
export const both = (half: string): string => {
  const numbers = half.match(/-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?/g) ?? [];
  const points = numbers.map((pair) => pair.split(',').map(Number));
  const back = points.toReversed().map(([x = 0, y = 0]) => `${-x},${y}`);
  const [backStart, ...backRest] = back;
  const join = backStart === undefined ? '' : `L${backStart} C${backRest.join(' ')}`;
  return path(`${half} ${join} Z`);
};
