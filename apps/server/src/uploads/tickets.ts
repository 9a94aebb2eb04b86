import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs the addresses to which pieces are sent. Whoever knows one may write to that upload and do nothing else. */
export interface UploadTickets {
  address(uploadId: string, expiresAt: Date): string;
  /** Whether a ticket is one of ours for this upload, and its time is not over. */
  isGood(uploadId: string, ticket: string): boolean;
}

const ticketForm = /^(\d{1,12})-([A-Za-z0-9_-]{43})$/;

export function createUploadTickets({
  publicUrl,
  secret,
  now = Date.now,
}: {
  publicUrl: string;
  secret: Uint8Array;
  now?: () => number;
}): UploadTickets {
  const signatureOf = (uploadId: string, expires: number): string =>
    createHmac('sha256', secret)
      .update(`toile upload 1\n${uploadId}\n${expires}`)
      .digest('base64url');

  return {
    address(uploadId, expiresAt) {
      const expires = Math.floor(expiresAt.getTime() / 1000);
      return `${publicUrl}/uploads/${uploadId}/${expires}-${signatureOf(uploadId, expires)}`;
    },
    isGood(uploadId, ticket) {
      const [, expires, signature] = ticketForm.exec(ticket) ?? [];
      if (expires === undefined || signature === undefined) return false;
      const expected = Buffer.from(signatureOf(uploadId, Number(expires)));
      return timingSafeEqual(expected, Buffer.from(signature)) && Number(expires) * 1000 > now();
    },
  };
}
