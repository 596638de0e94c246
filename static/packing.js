// packing.js reads what app/scene.py packed: JSON in which an array is {"$": [kind, offset, shape]}, and the arrays behind it.
const KINDS = { u1: Uint8Array, f4: Float32Array, f8: Float64Array }

// One packed message: the length of the JSON, the JSON, the arrays that it points to.
export function unpack(buffer) {
  if (ArrayBuffer.isView(buffer)) buffer = buffer.slice().buffer
  const length = new DataView(buffer).getUint32(0, true)
  return read(new TextDecoder().decode(new Uint8Array(buffer, 4, length)), buffer, 4 + length)
}

const read = (json, arrays, base) => JSON.parse(json, (key, v) => {
  if (!v?.$) return v
  const [kind, at, shape] = v.$
  return new KINDS[kind](arrays, base + at, shape.reduce((a, b) => a * b, 1))
})

// A run from another process comes compressed.
export async function unsqueeze(bytes) {
  return unpack(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer())
}

// The same as the server writes it into a page: the JSON on a line, the arrays in base64 on the next.
export function decode(text) {
  const [json, arrays] = text.split('\n')
  return read(json, Uint8Array.from(atob(arrays), c => c.charCodeAt(0)).buffer, 0)
}
