import type { CapabilityRequest } from '../../capabilities/index.ts';
import type { MilliCredits } from '../../jobs/port.ts';
import type { ToilePrices } from '../../prices/toile.ts';

const milliCreditsPerCredit = 1000;

/** What a job costs when it succeeds. */
export function priceOf(request: CapabilityRequest, prices: ToilePrices): MilliCredits {
  return Math.round(creditsOf(request, prices) * milliCreditsPerCredit);
}

function creditsOf(request: CapabilityRequest, prices: ToilePrices): number {
  if (request.capability === 'image-to-video') {
    return prices.video[request.lines] * (request.seconds / 5) * request.count;
  }
  const resolution = 'resolution' in request ? request.resolution : undefined;
  const picture =
    prices.picture[request.capability] +
    (resolution === undefined ? 0 : prices.resolution[resolution]) +
    (request.effort === undefined ? 0 : prices.effort[request.effort]);
  return picture * request.count;
}

export const inCredits = (amount: MilliCredits): number => amount / milliCreditsPerCredit;
