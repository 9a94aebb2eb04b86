/** The part of a pino logger that the HTTP edge uses. */
export interface HttpLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * An unexpected error as it may be logged: kinds, codes and places, never messages. The messages of database drivers
 * and parsers quote what they choked on, and that may be a prompt, a key or a signed address.
 */
export function loggable(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  return {
    name: error.name,
    ...('code' in error ? { code: String(error.code) } : {}),
    at: placesOf(error),
    ...(error.cause === undefined ? {} : { cause: loggable(error.cause) }),
  };
}

function placesOf(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => /^at .*(:\d+:\d+\)?|<anonymous>\)?)$/.test(line)).slice(0, 12);
}
