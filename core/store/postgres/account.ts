import { spawnSync } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { chmod, chown, stat } from 'node:fs/promises';
import { ConfigError } from '../../contract/errors.ts';

/**
 * The user that PostgreSQL runs as. PostgreSQL refuses to run as root, so a hub started by root hands its
 * server to the system user `postgres` (created when missing); otherwise it is the user of the hub itself.
 */
export type Account = {
  /** The command line and spawn options that run a program as this account. */
  command(
    program: string,
    args: readonly string[],
  ): { program: string; args: readonly string[]; options: SpawnOptions };
  /** Makes the account the owner of a folder and all in it. */
  take(folder: string): Promise<void>;
};

type Ids = { readonly uid: number; readonly gid: number };

/**
 * @param needed paths that the account must be able to enter: the folder above the data, the programs
 * @param pgdata the data folder, when there is one: root keeps the user who made it
 */
export async function chooseAccount(needed: readonly string[], pgdata?: string): Promise<Account> {
  if (process.getuid?.() !== 0) return ownAccount;
  const owner = pgdata === undefined ? undefined : await stat(pgdata);
  const ids = owner !== undefined && owner.uid !== 0 ? owner : (lookUp('postgres') ?? create('postgres'));
  return canReach(ids, needed) ? foreignAccount(ids) : capableAccount(ids);
}

/** @throws ConfigError when the cluster folder belongs to somebody else and we may not change that */
export async function takeCluster(account: Account, pgdata: string): Promise<void> {
  const { uid } = await stat(pgdata);
  const own = process.getuid?.();
  if (own !== 0 && uid !== own) {
    throw new ConfigError(`The data folder ${pgdata} belongs to another user (id ${uid})`, {
      remedy: `Start the hub as the user who started it first, or hand the folder over with "sudo chown -R $USER ${pgdata}".`,
    });
  }
  await account.take(pgdata);
}

const ownAccount: Account = {
  command: (program, args) => ({ program, args, options: {} }),
  take: (folder) => chmod(folder, 0o700),
};

function foreignAccount({ uid, gid }: Ids): Account {
  return {
    command: (program, args) => ({ program, args, options: { uid, gid } }),
    take: (folder) => handOver(folder, { uid, gid }),
  };
}

/**
 * For a clone below a closed folder such as /root or a fresh `mktemp -d`: the account gets the one extra right to
 * pass and read closed folders. The alternative would be to open the administrator's folders to everybody.
 */
function capableAccount(ids: Ids): Account {
  const setpriv = (right: string): string[] => [
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    '--clear-groups',
    `--inh-caps=+${right}`,
    `--ambient-caps=+${right}`,
    '--',
  ];
  // Containers usually lack the first, narrower right.
  const right = ['dac_read_search', 'dac_override'].find(
    (candidate) => spawnSync('setpriv', [...setpriv(candidate), 'true']).status === 0,
  );
  if (right === undefined) {
    throw new ConfigError('PostgreSQL does not run as root, and its user may not enter this folder', {
      remedy: 'Move the hub to a folder that every user may enter, for example /opt, or start it as an ordinary user.',
    });
  }
  return {
    command: (program, args) => ({ program: 'setpriv', args: [...setpriv(right), program, ...args], options: {} }),
    take: (folder) => handOver(folder, ids),
  };
}

async function handOver(folder: string, { uid, gid }: Ids): Promise<void> {
  // A folder restored from a backup belongs to root throughout, so ownership is set on everything in it.
  if ((await stat(folder)).uid !== uid) {
    await chown(folder, uid, gid);
    spawnSync('chown', ['-R', `${uid}:${gid}`, folder]);
  }
  await chmod(folder, 0o700);
}

function lookUp(name: string): Ids | undefined {
  const answers = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (answers.some(({ status }) => status !== 0)) return undefined;
  const [uid, gid] = answers.map(({ stdout }) => Number(stdout));
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function create(name: string): Ids {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name];
  const { error, stderr } = spawnSync('useradd', flags, { encoding: 'utf8' });
  // Another process of the hub may have created it in the same moment, so look before complaining.
  const ids = lookUp(name);
  if (ids !== undefined) return ids;
  throw new ConfigError('PostgreSQL does not run as root, and the system user "postgres" could not be created', {
    remedy: 'Start the hub as an ordinary user, or create the user "postgres" yourself.',
    cause: error ?? new Error(stderr),
  });
}

function canReach(ids: Ids, paths: readonly string[]): boolean {
  return paths.every((path) => spawnSync('test', ['-x', path], { uid: ids.uid, gid: ids.gid }).status === 0);
}
