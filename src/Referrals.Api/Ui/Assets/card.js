// Sealed contact cards: what they say is sealed in the sender's browser and opened in the partner's; the server carries ciphertext alone.
// ECDH on P-256 with a key that is used once, HKDF-SHA-256, AES-256-GCM; the card, the key and the last day are bound to the ciphertext.
const curve = { name: 'ECDH', namedCurve: 'P-256' };
const rounds = 600000;
const block = 1024;
const utf8 = new TextEncoder();
const store = 'keys';
const subtle = globalThis.crypto?.subtle;
export const works = Boolean(subtle && globalThis.indexedDB);

const toBase64 = (bytes) => btoa(Array.from(new Uint8Array(bytes), (b) => String.fromCharCode(b)).join(''));
const fromBase64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const joined = (...parts) => new Uint8Array(parts.flatMap((p) => [...new Uint8Array(p)]));

// The name of a key: the first 128 bits of the SHA-256 of its public half, as the server reckons it too.
export async function printOf(spki) {
  const hash = new Uint8Array(await subtle.digest('SHA-256', spki)).slice(0, 16);
  return 'k' + Array.from(hash, (b) => b.toString(16).padStart(2, '0')).join('');
}

export const readable = (print) => print.slice(1).match(/.{4}/g).join(' ');

// What must be the same at both ends, or nothing opens.
const context = (card) => utf8.encode(`referrals/contact-card/1|${card.assignment}|${card.issue}|${card.key}|${card.until}`);

async function cipherKey(ours, theirs, once, card) {
  const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs }, ours, 256);
  const material = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  return subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: joined(context(card), once) },
    material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

// Filled up with spaces to full blocks, so that the length of the ciphertext says little of what is in it.
function padded(fields) {
  const text = utf8.encode(JSON.stringify(fields));
  return joined(text, new Uint8Array((block - (text.length % block)) % block).fill(32));
}

export async function seal(fields, card, publicKey) {
  const spki = fromBase64(publicKey);
  if (await printOf(spki) !== card.key) throw new Error('key');
  const theirs = await subtle.importKey('spki', spki, curve, false, []);
  const pair = await subtle.generateKey(curve, false, ['deriveBits']);
  const once = await subtle.exportKey('raw', pair.publicKey);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await cipherKey(pair.privateKey, theirs, once, card);
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: context(card) }, key, padded(fields));
  return toBase64(joined([1], once, iv, sealed));
}

export async function open(text, card, privateKey) {
  const bytes = fromBase64(text);
  if (bytes[0] !== 1) throw new Error('version');
  const once = bytes.slice(1, 66);
  const theirs = await subtle.importKey('raw', once, curve, false, []);
  const key = await cipherKey(privateKey, theirs, once, card);
  const plain = await subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(66, 78), additionalData: context(card) }, key, bytes.slice(78));
  return JSON.parse(new TextDecoder().decode(plain));
}

// Private keys live in this browser; scripts can use them and nobody can read them out.
function keys(mode, act) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('referrals-card-keys', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: 'id' });
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const done = act(asked.result.transaction(store, mode).objectStore(store));
      done.onerror = () => reject(done.error);
      done.onsuccess = () => { asked.result.close(); resolve(done.result); };
    };
  });
}

export const findKey = async (id) => (await keys('readonly', (s) => s.get(id)))?.key;
export const forgetKey = (id) => keys('readwrite', (s) => s.delete(id));
async function keepKey(id, pkcs8) {
  const key = await subtle.importKey('pkcs8', pkcs8, curve, false, ['deriveBits']);
  await keys('readwrite', (s) => s.put({ id, key }));
}

async function fileKey(words, salt, times) {
  const material = await subtle.importKey('raw', utf8.encode(words.normalize('NFC')), 'PBKDF2', false, ['deriveKey']);
  return subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: times }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

// A new pair: kept in this browser, and as a file that a passphrase locks.
export async function create(words) {
  const pair = await subtle.generateKey(curve, true, ['deriveBits']);
  const [spki, pkcs8] = [await subtle.exportKey('spki', pair.publicKey), await subtle.exportKey('pkcs8', pair.privateKey)];
  const id = await printOf(spki);
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const locked = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8.encode(id) }, await fileKey(words, salt, rounds), pkcs8);
  await keepKey(id, pkcs8);
  const file = { format: 'referrals-card-key/1', id, publicKey: toBase64(spki), kdf: 'PBKDF2-SHA-256', iterations: rounds, salt: toBase64(salt), iv: toBase64(iv), key: toBase64(locked) };
  return { id, publicKey: file.publicKey, file: JSON.stringify(file, null, 2) };
}

// Takes the key of a file into this browser. Throws 'file' for another file, 'words' for the wrong passphrase.
export async function takeFile(text, words, known) {
  let file = null;
  try { file = JSON.parse(text); } catch { throw new Error('file'); }
  if (file?.format !== 'referrals-card-key/1' || !known.includes(file.id) || !(file.iterations >= 100000 && file.iterations <= 10000000)) throw new Error('file');
  const lock = await fileKey(words, fromBase64(file.salt), file.iterations);
  let pkcs8 = null;
  try {
    pkcs8 = await subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(file.iv), additionalData: utf8.encode(file.id) }, lock, fromBase64(file.key));
  } catch { throw new Error('words'); }
  await keepKey(file.id, pkcs8);
  return file.id;
}
