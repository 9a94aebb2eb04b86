/** The token of `Authorization: Bearer TOKEN`; null when the header is missing or of another kind. */
export function bearerToken(header: string | readonly string[] | undefined): string | null {
  if (typeof header !== 'string') return null;
  return /^Bearer +(\S+) *$/i.exec(header)?.[1] ?? null;
}
