import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createDatabase, dropDatabase, onSameServer, withConnection } from './connect';
import { migrate } from './migrate';

const server = inject('databaseServer');
const database = 'migrations';
const url = onSameServer(server, database);
let folder: string;

async function add(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

async function count(sql: string): Promise<number> {
  return withConnection(url, async (client) => (await client.query(sql)).rowCount ?? 0);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  await createDatabase(server, database);
});

afterEach(async () => {
  await dropDatabase(server, database);
  await rm(folder, { recursive: true });
});

describe('migrate', () => {
  it('applies what is new, in the order of the names, once', async () => {
    await add('0002_second', 'alter table fruit add column colour text;');
    await add('0001_first', 'create table fruit (name text); insert into fruit values (\'pear\');');
    expect(await migrate(url, folder)).toEqual(['0001_first', '0002_second']);
    expect(await migrate(url, folder)).toEqual([]);
    await add('0003_third', 'insert into fruit values (\'fig\', \'blue\');');
    expect(await migrate(url, folder)).toEqual(['0003_third']);
    expect(await count('select colour from fruit')).toBe(2);
  });

  it('undoes the whole of a migration that fails, names its line and applies it once it is right', async () => {
    await add('0001_first', 'create table fruit (name text);\n\ninsert into nowhere values (1);');
    await expect(migrate(url, folder)).rejects.toThrow(/0001_first failed at line 3 and was undone: relation "nowhere" does not exist/);
    expect(await count("select 1 from pg_tables where tablename = 'fruit'")).toBe(0);
    await add('0001_first', 'create table fruit (name text);');
    expect(await migrate(url, folder)).toEqual(['0001_first']);
  });

  it('refuses a migration that was edited after it was applied', async () => {
    await add('0001_first', 'create table fruit (name text);');
    await migrate(url, folder);
    await add('0001_first', 'create table fruit (name varchar);');
    await expect(migrate(url, folder)).rejects.toThrow(/0001_first was edited after it was applied/);
  });

  it('refuses a database that a newer version has migrated', async () => {
    await add('0001_first', 'create table fruit (name text);');
    await add('0002_later', 'create table later (name text);');
    await migrate(url, folder);
    await rm(join(folder, '0002_later'), { recursive: true });
    await expect(migrate(url, folder)).rejects.toThrow(/0002_later, which this version does not know/);
  });

  it('applies each migration once when two servers start together', async () => {
    await add('0001_first', 'create table fruit (name text);');
    const applied = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
    expect(applied.flat()).toEqual(['0001_first']);
  });
});

describe('withConnection', () => {
  it('says in one line why a database cannot be used, without its password', async () => {
    const wrong = new URL(url);
    wrong.password = 'hunter2';
    const failure = withConnection(wrong.href, async () => undefined);
    await expect(failure).rejects.toThrow(/cannot be used: the password is wrong\. Check DATABASE_URL/);
    await expect(failure).rejects.not.toThrow(/hunter2/);
    await expect(withConnection(onSameServer(url, 'absent'), async () => undefined)).rejects.toThrow(/no database of that name/);
    await expect(withConnection('postgresql://127.0.0.1:1/x', async () => undefined)).rejects.toThrow(/nothing listens there/);
  });
});
