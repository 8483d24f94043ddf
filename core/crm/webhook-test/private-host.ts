import { BlockList, isIP } from 'node:net';

/** A name or address that only a private network knows: Twenty sends nothing there in its safe mode (2.21). */
export function isPrivateHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '');
  const family = isIP(name);
  if (family === 0) return name === 'localhost' || /\.(localhost|internal|local)$/.test(name);
  return privateNetworks().check(name, family === 4 ? 'ipv4' : 'ipv6');
}

function privateNetworks(): BlockList {
  const list = new BlockList();
  list.addSubnet('0.0.0.0', 8);
  list.addSubnet('10.0.0.0', 8);
  list.addSubnet('100.64.0.0', 10);
  list.addSubnet('127.0.0.0', 8);
  list.addSubnet('169.254.0.0', 16);
  list.addSubnet('172.16.0.0', 12);
  list.addSubnet('192.168.0.0', 16);
  list.addAddress('::1', 'ipv6');
  list.addSubnet('fc00::', 7, 'ipv6');
  list.addSubnet('fe80::', 10, 'ipv6');
  return list;
}
