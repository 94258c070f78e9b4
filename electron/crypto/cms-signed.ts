import { createHash, createPublicKey, verify } from 'node:crypto'
import {
  type Asn1,
  decode,
  encode,
  integer,
  nothing,
  octets,
  oid,
  readSet,
  sequence,
  setOf,
  tagged,
  time,
} from './asn1.ts'
import { readPem } from './certificates.ts'
import { cms } from './cms-oids.ts'
import type { Primitives } from './cms-verify.ts'
import { oids } from './x509.ts'

/** RSASSA-PKCS1-v1_5 SHA-256 over the bytes; the private key stays with whoever answers. */
export type Sign = (data: Uint8Array) => Uint8Array | Promise<Uint8Array>

export interface SignRequest {
  /** SHA-256 of the content, 32 bytes: the content itself may have been streamed. */
  readonly digest: Uint8Array
  /** ISO UTC; whole seconds are kept. */
  readonly signingTime: string
  readonly certificate: string
  readonly authority: string
  readonly sign: Sign
}

/** Makes a detached CMS SignedData (DER) with signed attributes and the chain inside. */
export async function signDetached(request: SignRequest): Promise<Uint8Array> {
  const signer = readPem(request.certificate)
  const authority = readPem(request.authority)
  const attribute = (id: string, value: Asn1): Asn1 => sequence(oid(id), setOf(value))
  const certificateHash = createHash('sha256').update(signer.der).digest()
  const attributes = setOf(
    attribute(cms.contentType, oid(cms.data)),
    attribute(cms.messageDigest, octets(request.digest)),
    attribute(cms.signingTime, time(request.signingTime)),
    attribute(cms.signingCertificateV2, sequence(sequence(sequence(octets(certificateHash))))),
  )
  const signature = await request.sign(encode(attributes))
  const sha256 = (): Asn1 => sequence(oid(cms.sha256), nothing())
  const signerInfo = sequence(
    integer(1),
    sequence(decode(signer.issuer), integer(Buffer.from(signer.serial, 'hex'))),
    sha256(),
    tagged(0, ...readSet(attributes)),
    sequence(oid(oids.rsaEncryption), nothing()),
    octets(signature),
  )
  const signedData = sequence(
    integer(1),
    setOf(sha256()),
    sequence(oid(cms.data)),
    tagged(0, ...readSet(setOf(decode(signer.der), decode(authority.der)))),
    setOf(signerInfo),
  )
  return encode(sequence(oid(cms.signedData), tagged(0, signedData)))
}

/** Length in bytes `signDetached` will produce: nothing in it but the key's size varies. */
export async function detachedLength(request: Omit<SignRequest, 'digest' | 'sign'>): Promise<number> {
  const size = Math.ceil(readPem(request.certificate).modulusBits / 8)
  const dummy = await signDetached({ ...request, digest: new Uint8Array(32), sign: () => new Uint8Array(size) })
  return dummy.length
}

/** Node's arithmetic for the verifier. */
export const nodePrimitives: Primitives = {
  sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
  verifyRsa: async (publicKeyInfo, data, signature) => {
    const key = createPublicKey({ key: Buffer.from(publicKeyInfo), format: 'der', type: 'spki' })
    return verify('sha256', data, key, signature)
  },
}
