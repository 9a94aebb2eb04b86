import type { MilliCredits } from '../../jobs/port.ts';

/** Credits as clients see them; thousandths stay visible, because prices may have them. */
export const inCredits = (amount: MilliCredits): number => amount / 1000;
export const inMilliCredits = (credits: number): MilliCredits => Math.round(credits * 1000);
