import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const sources = fileURLToPath(new URL('../kernels/', import.meta.url));

/** Where the compiled kernels are kept in the repository. */
export const compiledKernels = new URL('../src/pixels/kernels/kernels.wasm', import.meta.url);

/** Compiles the sources in `kernels/`. @throws Error with what the compiler says */
export async function compileKernels(): Promise<Uint8Array> {
  const written: Uint8Array[] = [];
  let said = '';
  const options = ['--outFile', 'kernels.wasm', '--runtime', 'stub', '--enable', 'simd'];
  const { error } = await main(['index.ts', ...options, '-O3', '--noAssert'], {
    readFile: (name) => readSource(name),
    writeFile: (_name, contents) => {
      written.push(typeof contents === 'string' ? Buffer.from(contents) : contents);
    },
    listFiles: () => null,
    stderr: { write: (text) => void (said += text.toString()) },
  });
  if (error || written.length !== 1) throw new Error(said, { cause: error });
  return written[0];
}

function readSource(name: string): string | null {
  try {
    return readFileSync(`${sources}${name}`, 'utf8');
  } catch {
    return null;
  }
}

if (import.meta.main) writeFileSync(compiledKernels, await compileKernels());
