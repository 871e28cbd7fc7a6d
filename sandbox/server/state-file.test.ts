import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StateFile } from './state-file';

const folder = mkdtempSync(join(tmpdir(), 'state-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a state file', () => {
  it('holds the last of many changes when they are said to be saved, and leaves nothing beside', async () => {
    const path = join(folder, 'deep', 'state.json');
    let count = 0;
    const file = new StateFile(path, () => JSON.stringify({ count }));
    expect(StateFile.read(path)).toBeNull();
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const mine = (count += 1);
        file.noteChange();
        await file.saved();
        expect((StateFile.read(path) as { count: number }).count).toBeGreaterThanOrEqual(mine);
      }),
    );
    expect(StateFile.read(path)).toEqual({ count: 50 });
    expect(readdirSync(join(folder, 'deep'))).toEqual(['state.json']);
  });

  it('says that it could not save, and does so the next time', async () => {
    const path = join(folder, 'broken', 'state.json');
    const file = new StateFile(path, () => '{}');
    rmSync(join(folder, 'broken'), { recursive: true });
    file.noteChange();
    await expect(file.saved()).rejects.toThrow('ENOENT');
    new StateFile(path, () => '{}');
    await file.saved();
    expect(StateFile.read(path)).toEqual({});
  });
});
