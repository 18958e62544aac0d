// Reads the advance widths of Fira Sans (regular and semi-bold) from the font files of the npm package @kern-ux/native and
// prints FiraWidths.cs. Only needed when the font changes; no package beside Node.js is used.
//
//   npm pack @kern-ux/native@2.7.2 && tar xzf kern-ux-native-2.7.2.tgz
//   node font-widths.mjs package/dist/fonts/fira-sans > FiraWidths.cs
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { join } from "node:path";

const known = ["cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post", "cvt ", "fpgm", "glyf", "loca", "prep", "CFF ", "VORG", "EBDT",
  "EBLC", "gasp", "hdmx", "kern", "LTSH", "PCLT", "VDMX", "vhea", "vmtx", "BASE", "GDEF", "GPOS", "GSUB", "EBSC", "JSTF", "MATH", "CBDT", "CBLC",
  "COLR", "CPAL", "SVG ", "sbix", "acnt", "avar", "bdat", "bloc", "bsln", "cvar", "fdsc", "feat", "fmtx", "fvar", "gvar", "hsty", "just", "lcar",
  "mort", "morx", "opbd", "prop", "trak", "Zapf", "Silf", "Glat", "Gloc", "Feat", "Sill"];

// WOFF 2.0 (W3C): a directory with lengths as base-128 numbers, then all tables in one Brotli stream.
function tablesOf(file) {
  const bytes = readFileSync(file);
  let at = 48;
  const number = () => {
    let value = 0;
    for (;;) {
      const byte = bytes[at++];
      value = value * 128 + (byte & 127);
      if (!(byte & 128)) return value;
    }
  };
  const entries = [];
  for (let i = 0; i < bytes.readUInt16BE(12); i++) {
    const flags = bytes[at++];
    let tag = known[flags & 63];
    if ((flags & 63) === 63) {
      tag = bytes.toString("latin1", at, at + 4);
      at += 4;
    }
    const version = flags >> 6;
    const original = number();
    const transformed = tag === "glyf" || tag === "loca" ? version !== 3 : version !== 0;
    entries.push({ tag, transformed, length: transformed ? number() : original });
  }
  const data = brotliDecompressSync(bytes.subarray(at, at + bytes.readUInt32BE(20)));
  const tables = {};
  let offset = 0;
  for (const { tag, transformed, length } of entries) {
    tables[tag] = { transformed, data: data.subarray(offset, offset + length) };
    offset += length;
  }
  return tables;
}

// The character map of format 4: segments of characters of the basic plane.
function glyphOf(cmap, char) {
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const sub = cmap.subarray(cmap.readUInt32BE(4 + 8 * i + 4));
    if (sub.readUInt16BE(0) !== 4) continue;
    const segments = sub.readUInt16BE(6) / 2;
    for (let s = 0; s < segments; s++) {
      if (char > sub.readUInt16BE(14 + 2 * s)) continue;
      const start = sub.readUInt16BE(16 + 2 * segments + 2 * s);
      if (char < start) return 0;
      const delta = sub.readUInt16BE(16 + 4 * segments + 2 * s);
      const rangeAt = 16 + 6 * segments + 2 * s;
      const range = sub.readUInt16BE(rangeAt);
      if (range === 0) return (char + delta) & 0xffff;
      const glyph = sub.readUInt16BE(rangeAt + range + 2 * (char - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
  }
  return 0;
}

function widthsOf(file) {
  const { cmap, hmtx, hhea, head } = tablesOf(file);
  const metrics = hhea.data.readUInt16BE(34);
  const unit = head.data.readUInt16BE(18);
  const advance = (glyph) => {
    const index = Math.min(glyph, metrics - 1);
    return hmtx.transformed ? hmtx.data.readUInt16BE(1 + 2 * index) : hmtx.data.readUInt16BE(4 * index);
  };
  return (char) => {
    const glyph = glyphOf(cmap.data, char);
    return glyph === 0 ? 0 : Math.ceil((advance(glyph) * 1000) / unit);
  };
}

const folder = process.argv[2];
const weights = { Regular: widthsOf(join(folder, "FiraSans-Regular.woff2")), SemiBold: widthsOf(join(folder, "FiraSans-SemiBold.woff2")) };
const rows = (width, from, to) => {
  const all = [];
  for (let char = from; char <= to; char++) all.push(width(char));
  const lines = [];
  while (all.length) lines.push("        " + all.splice(0, 24).join(", ") + ",");
  return lines.join("\n");
};
const extra = [0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201a, 0x201c, 0x201d, 0x201e, 0x2022, 0x2026, 0x20ac, 0x2192, 0x1e9e];
const table = (name) => `    private static readonly ushort[] ${name} =
    [
${rows(weights[name], 0x20, 0x17f)}
    ];

    private static readonly Dictionary<int, ushort> ${name}Extra = new()
    {
${extra.filter((c) => weights[name](c)).map((c) => `        [0x${c.toString(16)}] = ${weights[name](c)},`).join("\n")}
    };`;
console.log(`namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>
/// The advance widths of Fira Sans in thousandths of the font size, read from the font files by <c>font-widths.mjs</c> beside; change
/// that, not this. 0: the font has no such character.
/// </summary>
internal static class FiraWidths
{
    private const int First = 0x20;

${table("Regular")}

${table("SemiBold")}

    /// <summary>The width of a character, or null when the font lacks it.</summary>
    public static int? Of(int character, bool semiBold)
    {
        var table = semiBold ? SemiBold : Regular;
        if (character >= First && character < First + table.Length)
        {
            return table[character - First] is > 0 and var width ? width : null;
        }

        return (semiBold ? SemiBoldExtra : RegularExtra).TryGetValue(character, out var extra) ? extra : null;
    }
}`);
