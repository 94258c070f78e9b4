import {
  type Asn1,
  decode,
  encode,
  isNull,
  readInteger,
  readOctets,
  readOid,
  readSequence,
  readSet,
  readSmallInteger,
  readTagged,
  readTime,
  sameBytes,
  tagOf,
} from './asn1.ts'
import { cms } from './cms-oids.ts'
import { type Certificate, type ChainFault, chainFault, oids, readCertificate } from './x509.ts'

/** The arithmetic a verifier needs: Node's crypto in the program, WebCrypto in the page of a bundle. */
export interface Primitives {
  sha256(bytes: Uint8Array): Promise<Uint8Array>
  /** RSASSA-PKCS1-v1_5 with SHA-256 under a SubjectPublicKeyInfo. */
  verifyRsa(publicKeyInfo: Uint8Array, data: Uint8Array, signature: Uint8Array): Promise<boolean>
}

/** What a valid signature proves, before anyone has said whether the CA is the right one. */
export interface SignatureFacts {
  readonly signer: Certificate
  readonly authority: Certificate
  /** ISO UTC as the signer claims it. */
  readonly signedAt: string
}

export type SignatureFault = 'unreadable' | 'algorithm' | 'attributes' | 'digest' | 'certificate' | 'usage' | ChainFault

/** A signature that is not believed, and why. */
export class SignatureError extends Error {
  readonly fault: SignatureFault

  constructor(fault: SignatureFault) {
    super(fault)
    this.name = 'SignatureError'
    this.fault = fault
  }
}

/**
 * Verifies a detached CMS SignedData over content with the given SHA-256 digest: one signer, signed attributes,
 * RSA with SHA-256, the signing certificate bound by its hash (RFC 5035), the chain to the one CA inside, judged at the
 * signing time. Throws `SignatureError`. The CA inside proves nothing by itself: compare its fingerprint with paper.
 */
export async function verifyDetached(
  der: Uint8Array,
  contentDigest: Uint8Array,
  primitives: Primitives,
): Promise<SignatureFacts> {
  try {
    return await verify(der, contentDigest, primitives)
  } catch (error) {
    if (error instanceof SignatureError) throw error
    // Whatever else goes wrong (text that is not UTF-8, a key no library takes) comes from the bytes that were handed in.
    throw new SignatureError('unreadable')
  }
}

async function verify(der: Uint8Array, contentDigest: Uint8Array, primitives: Primitives): Promise<SignatureFacts> {
  const { certificates, signerInfo } = readSignedData(der)
  const [version, identifier, digestAlgorithm, attributes, signatureAlgorithm, signature, ...rest] =
    readSequence(signerInfo)
  if (readSmallInteger(version) !== 1 || rest.length > 0) throw new SignatureError('unreadable')
  if (tagOf(attributes) !== 0 || !attributes) throw new SignatureError('attributes') // a bare signature is refused
  requireAlgorithm(digestAlgorithm, [cms.sha256])
  requireAlgorithm(signatureAlgorithm, [oids.rsaEncryption, oids.sha256WithRsa])

  const [issuer, serial] = readSequence(identifier)
  if (!issuer) throw new SignatureError('unreadable')
  const issuerBytes = encode(issuer)
  const serialHex = readInteger(serial)
  const signer = certificates.find((one) => one.serial === serialHex && sameBytes(one.issuer, issuerBytes))
  const authority = certificates.find((one) => one.isAuthority && sameBytes(one.subject, issuerBytes))
  if (!signer || !authority) throw new SignatureError('certificate')

  const values = readAttributes(attributes)
  const one = (id: string): Asn1 => {
    const value = values.get(id)
    if (!value) throw new SignatureError('attributes')
    return value
  }
  if (readOid(one(cms.contentType)) !== cms.data) throw new SignatureError('attributes')
  if (!sameBytes(readOctets(one(cms.messageDigest)), contentDigest)) throw new SignatureError('digest')
  const [certificateId] = readSequence(readSequence(one(cms.signingCertificateV2))[0])
  // hashAlgorithm is DEFAULT sha256, so DER leaves it out and the hash comes first.
  const [certificateHash] = readSequence(certificateId)
  if (!sameBytes(readOctets(certificateHash), await primitives.sha256(signer.der)))
    throw new SignatureError('certificate')
  const signedAt = readTime(one(cms.signingTime))

  if (!signer.keyUsage.includes('digitalSignature') && !signer.keyUsage.includes('nonRepudiation')) {
    throw new SignatureError('usage')
  }
  const fault = chainFault(signer, authority, signedAt)
  if (fault) throw new SignatureError(fault)
  const signed = encode(attributes)
  signed[0] = 0x31 // RFC 5652 5.4: the signature covers the attributes as SET OF, not as [0]
  const sound = await Promise.all([
    primitives.verifyRsa(signer.publicKeyInfo, signed, readOctets(signature)),
    primitives.verifyRsa(authority.publicKeyInfo, signer.tbs, signer.signature),
    primitives.verifyRsa(authority.publicKeyInfo, authority.tbs, authority.signature),
  ])
  if (sound.includes(false)) throw new SignatureError('signature')
  return { signer, authority, signedAt }
}

function readSignedData(der: Uint8Array): { certificates: Certificate[]; signerInfo: Asn1 | undefined } {
  const [type, content] = readSequence(decode(der))
  if (readOid(type) !== cms.signedData) throw new SignatureError('unreadable')
  const [version, algorithms, encapsulated, certificates, signers, ...rest] = readSequence(readTagged(content, 0)[0])
  if (readSmallInteger(version) !== 1 || rest.length > 0) throw new SignatureError('unreadable')
  for (const algorithm of readSet(algorithms)) requireAlgorithm(algorithm, [cms.sha256])
  const inner = readSequence(encapsulated)
  if (readOid(inner[0]) !== cms.data || inner.length !== 1) throw new SignatureError('unreadable')
  const infos = readSet(signers)
  if (infos.length !== 1) throw new SignatureError('unreadable')
  return {
    certificates: readTagged(certificates, 0).map((node) => readCertificate(encode(node))),
    signerInfo: infos[0],
  }
}

function readAttributes(node: Asn1): Map<string, Asn1> {
  const values = new Map<string, Asn1>()
  for (const attribute of readTagged(node, 0)) {
    const [type, set] = readSequence(attribute)
    const members = readSet(set)
    const [value] = members
    const id = readOid(type)
    if (!value || members.length !== 1 || values.has(id)) throw new SignatureError('attributes')
    values.set(id, value)
  }
  return values
}

function requireAlgorithm(node: Asn1 | undefined, allowed: readonly string[]): void {
  const [algorithm, parameters, ...rest] = readSequence(node)
  const plain = rest.length === 0 && (parameters === undefined || isNull(parameters))
  if (!plain || !allowed.includes(readOid(algorithm))) throw new SignatureError('algorithm')
}
