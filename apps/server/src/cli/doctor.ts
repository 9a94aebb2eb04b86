import type { Command } from 'commander';
import { ConfigError, given, readConfig } from '../config/config.ts';
import { type SettingName, settings } from '../config/settings.ts';
import type { Finding } from './doctor-checks.ts';
import { explain } from './problems.ts';
import { table } from './table.ts';

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check everything the server needs, and list the settings')
    .action(runDoctor);
}

async function runDoctor(): Promise<void> {
  const findings = await findingsOf();
  for (const finding of findings) process.stdout.write(`${describe(finding)}\n`);
  process.stdout.write(`\n${settingsTable()}`);
  const broken = findings.filter(({ state }) => state === 'broken').length;
  process.stdout.write(
    broken === 0 ? '\nEverything that is needed works.\n' : `\n${broken} to mend.\n`,
  );
  if (broken > 0) process.exitCode = 1;
}

async function findingsOf(): Promise<readonly Finding[]> {
  try {
    const config = readConfig(process.env);
    const { examine } = await import('./doctor-checks.ts');
    return await examine(config);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [
      {
        name: 'settings',
        state: 'broken',
        detail: explain(error),
        advice: 'Change or remove these variables.',
      },
    ];
  }
}

const marks = { fine: 'ok    ', doubtful: 'mind  ', broken: 'BROKEN' } as const;

function describe({ name, state, detail, advice }: Finding): string {
  const line = `${marks[state]}  ${name.padEnd(9)}  ${detail}`;
  return state === 'fine' || advice === undefined ? line : `${line}\n${' '.repeat(19)}-> ${advice}`;
}

/** Values stand here only where they can be no secret. */
function settingsTable(): string {
  const rows = settingNames.map((name) => {
    const set = given(process.env, name);
    const shown = set !== undefined && secretSettings.has(name) ? '(set)' : set;
    return [
      name,
      shown ?? settings[name].default ?? '',
      set === undefined ? 'default' : 'set',
      settings[name].meaning,
    ];
  });
  return table(['setting', 'value', '', 'meaning'], rows);
}

// Object.keys forgets what it knows of the keys.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const settingNames = Object.keys(settings) as SettingName[];
const secretSettings: ReadonlySet<SettingName> = new Set(['DATABASE_URL', 'TOILE_SIGNING_SECRET']);
