import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  type Logger,
  pino,
} from 'pino';
import { redactRecord, redactText, redactValue } from './redact.ts';

export type { Logger };

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/**
 * One JSON object a line. Keys, signed addresses, prompts and image data never reach it, at any level: whatever is
 * handed to it passes `redactValue`, so that a careless call costs a word in a log and not a secret.
 *
 * @param destination standard output unless given
 */
export function createLogger(options: {
  readonly level: LogLevel;
  readonly destination?: DestinationStream;
}): Logger {
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          Reflect.apply(method, this, clean(args));
        },
      },
      // Errors have become plain records by the time pino sees them.
      serializers: { err: (error: unknown) => error },
    },
    options.destination ?? pino.destination(1),
  );
  redactChildren(logger);
  return logger;
}

/** pino writes a child's bindings without asking any hook. Children inherit the method that stands in here. */
function redactChildren(logger: Logger): void {
  // oxlint-disable-next-line typescript/unbound-method -- bound again by Reflect.apply
  const child = logger.child;
  Object.defineProperty(logger, 'child', {
    value(this: Logger, bindings: Bindings, options?: ChildLoggerOptions): Logger {
      return Reflect.apply(child, this, [redactRecord(bindings), options]);
    },
  });
}

/** A log call's arguments without what must not be written. A lone error would lend pino its raw message. */
function clean([first, ...rest]: readonly unknown[]): [unknown, ...unknown[]] {
  const words = rest.map((argument) => redactValue(argument));
  if (first instanceof Error)
    return [
      { err: redactValue(first) },
      ...(words.length > 0 ? words : [redactText(first.message)]),
    ];
  return [redactValue(first), ...words];
}
