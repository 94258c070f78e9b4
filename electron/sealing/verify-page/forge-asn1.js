// What the page needs of node-forge: its ASN.1. The whole library would be ten times the page.
import forge from 'node-forge/lib/asn1.js'

const { Class, Type, create, fromDer, toDer, oidToDer, derToOid, integerToDer } = forge
export default { asn1: { Class, Type, create, fromDer, toDer, oidToDer, derToOid, integerToDer } }
