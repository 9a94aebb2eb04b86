/** Makes a plane that shows a smaller one from its pixel `first` on, and 0 elsewhere. */
export function layBack(
  piece: usize,
  width: i32,
  height: i32,
  target: usize,
  across: i32,
  down: i32,
  first: i32,
): void {
  memory.fill(target, 0, (<usize>across * down) << 2);
  for (let y = 0; y < height; y++) {
    const to = target + ((<usize>(first + y * across)) << 2);
    memory.copy(to, piece + ((<usize>(y * width)) << 2), (<usize>width) << 2);
  }
}
