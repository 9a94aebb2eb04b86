import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstFile } from './multipart.ts';

it('finds the file that a form was made with, beside other fields', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 300 }), async (bytes) => {
      const form = new FormData();
      form.append('note', 'a line\r\n\r\nand another');
      form.append('file', new File([bytes], 'a.png', { type: 'image/png' }));
      const sent = new Response(form);
      const type = sent.headers.get('content-type') ?? '';
      const body = new Uint8Array(await sent.arrayBuffer());
      expect(Buffer.from(firstFile(body, type) ?? [9])).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 50 },
  );
});

it('finds nothing in what is no form', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(firstFile(bytes, 'multipart/form-data')).toBeNull();
      expect(firstFile(bytes, 'multipart/form-data; boundary=------x')).toBeNull();
    }),
  );
});
