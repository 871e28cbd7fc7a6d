import { createHash, generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { capitals } from './ids';
import type { SigningCertificate } from './signature';

/** One value in DER: https://www.itu.int/rec/T-REC-X.690 */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts);
const octets = (content: Buffer): Buffer => der(0x04, content);
const bits = (content: Buffer, unused = 0): Buffer => der(0x03, Buffer.from([unused]), content);
const yes = der(0x01, Buffer.from([0xff]));
/** An object identifier from its encoded bytes. */
const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const generalizedTime = (at: Date): Buffer => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
const extension = (hex: string, critical: boolean, value: Buffer): Buffer => sequence(identifier(hex), ...(critical ? [yes] : []), octets(value));

const rsaWithSha256 = sequence(identifier('2a864886f70d01010b'), der(0x05));
const nameOf = (commonName: string): Buffer =>
  sequence(set(sequence(identifier('55040a'), der(0x0c, Buffer.from('Sandbox - not PayPal')))), set(sequence(identifier('550403'), der(0x0c, Buffer.from(commonName)))));

const pem = (bytes: Buffer): string => `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;

interface Subject {
  name: string;
  key: KeyObject;
  /** Whether it may issue others. */
  authority: boolean;
}

const keyIdentifier = (key: KeyObject): Buffer => createHash('sha1').update(key.export({ type: 'spki', format: 'der' })).digest();

/** An X.509 certificate (RFC 5280) for ten years, valid since the day before. */
function issue(subject: Subject, issuer: { name: string; key: KeyObject; privateKey: KeyObject }): string {
  const [from, until] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 3_650 * 86_400_000)];
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const extensions = sequence(
    extension('551d13', true, sequence(...(subject.authority ? [yes] : []))),
    // Key usage: to sign certificates and lists of revoked ones; or to sign.
    extension('551d0f', true, subject.authority ? bits(Buffer.from([0x06]), 1) : bits(Buffer.from([0x80]), 7)),
    extension('551d0e', false, octets(keyIdentifier(subject.key))),
    extension('551d23', false, sequence(der(0x80, keyIdentifier(issuer.key)))),
  );
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    rsaWithSha256,
    nameOf(issuer.name),
    sequence(generalizedTime(from), generalizedTime(until)),
    nameOf(subject.name),
    subject.key.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  return pem(sequence(content, rsaWithSha256, bits(sign('RSA-SHA256', content, issuer.privateKey))));
}

const rootName = 'Sandbox Root';
const leafName = 'messageverificationcerts.sandbox.paypal.com';

async function make(): Promise<SigningCertificate> {
  const newKeys = (): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> => promisify(generateKeyPair)('rsa', { modulusLength: 2_048 });
  const [root, leaf] = await Promise.all([newKeys(), newKeys()]);
  const issuer = { name: rootName, key: root.publicKey, privateKey: root.privateKey };
  return {
    id: `CERT-${capitals(8)}`,
    certificate: issue({ name: leafName, key: leaf.publicKey, authority: false }, issuer),
    privateKey: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    root: issue({ name: rootName, key: root.publicKey, authority: true }, issuer),
  };
}

let shared: Promise<SigningCertificate> | undefined;

/** A certificate by an authority of its own. Every sandbox of a process has the same: keys take a while to find. */
export function signingCertificate(): Promise<SigningCertificate> {
  return (shared ??= make());
}
