import { firstCredits } from './first-account.ts';

/** What the person at the terminal reads once the server is ready; with the key of the first account, this once. */
export function welcome(address: string, secret: string | null): string {
  if (secret === null) return `Toile is ready at ${address}\n`;
  const body = JSON.stringify({
    model_name: 'tryon-v1.6',
    inputs: {
      model_image: `${address}/samples/person.png`,
      garment_image: `${address}/samples/tee.png`,
    },
  });
  return `Toile is ready at ${address}

An account with ${firstCredits.toLocaleString('en')} credits was made. This is its API key; it is shown this once:

  ${secret}

Put a drawn tee on a drawn person:

  curl -s ${address}/v1/run -H 'Authorization: Bearer ${secret}' -H 'Content-Type: application/json' -d '${body}'

and ask for the picture with the id that it answers:

  curl -s ${address}/v1/status/ID -H 'Authorization: Bearer ${secret}'

"npx toile keys create NAME" makes further keys.
`;
}
