import { describe, expect, it } from 'vitest';
import { readWishes } from './wishes.ts';

describe('wishes in a prompt', () => {
  it.each([
    ['tucked-in', { tucked: true }],
    ['Tucked in, oversized', { tucked: true, size: 'xl' }],
    ['untucked; relaxed fit', { tucked: false, size: 'l' }],
    ['a tucked-in shirt', { tucked: true }],
    ['slim fit', { size: 's' }],
    ['', {}],
  ])('follows "%s"', (prompt, wear) => {
    expect(readWishes(prompt)).toEqual({ wear, unknown: [] });
  });

  it.each(['man with tattoos', 'open jacket', 'rolled-up sleeves', 'studio background'])(
    'does not understand "%s"',
    (prompt) => {
      expect(readWishes(`tucked-in, ${prompt}`).unknown).toEqual([prompt]);
    },
  );
});
