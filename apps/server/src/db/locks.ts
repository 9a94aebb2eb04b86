/** Advisory locks of the whole cluster, kept in one place so that no two uses share a number. */
export const lockNumbers = {
  migrate: 7_864_531_001,
  sweep: 7_864_531_002,
  firstAccount: 7_864_531_003,
} as const;
