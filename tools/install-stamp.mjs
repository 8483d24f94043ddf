// Tells whether node_modules is what the lock file asks for. Plain JavaScript without dependencies, like bootstrap.mjs.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} root */
export function isInstalled(root) {
  const stamp = stampFile(root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash(root);
}

/** @param {string} root */
export function markInstalled(root) {
  writeFileSync(stampFile(root), lockHash(root));
}

const stampFile = (root) => join(root, 'node_modules', '.switchboard-install');

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}
