/** A share of the budget, grown as a body arrives and given back when its request is over. */
export interface Reservation {
  /** False when the budget, or the owner's part of it, is used up. What was reserved before stays reserved. */
  grow(bytes: number): boolean;
  release(): void;
}

export interface ByteBudget {
  open(owner: string): Reservation;
  readonly used: number;
}

/**
 * One allowance for all request bodies in memory. An owner (an account) may hold half of it at most,
 * so that one client which sends slowly can not shut out the others.
 */
export function createByteBudget(totalBytes: number): ByteBudget {
  const perOwner = totalBytes / 2;
  const held = new Map<string, number>();
  let used = 0;
  return {
    get used() {
      return used;
    },
    open(owner) {
      let mine = 0;
      return {
        grow(bytes) {
          const owned = (held.get(owner) ?? 0) + bytes;
          if (used + bytes > totalBytes || owned > perOwner) return false;
          held.set(owner, owned);
          used += bytes;
          mine += bytes;
          return true;
        },
        release() {
          const rest = (held.get(owner) ?? 0) - mine;
          if (rest > 0) held.set(owner, rest);
          else held.delete(owner);
          used -= mine;
          mine = 0;
        },
      };
    },
  };
}
