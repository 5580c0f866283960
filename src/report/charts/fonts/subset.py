"""Makes the two faces in this folder from Inter 3.019 (fonttools 4.68).

    python subset.py <folder with Inter-Regular.otf and Inter-SemiBold.otf>

Inter is under the SIL Open Font License 1.1, which allows changed copies under another name.
What changes: the characters kept, tabular digits in place of proportional ones (columns of numbers
must line up without a layout engine), 1000 units per em, pair kerning moved from GPOS to a plain
`kern` table that a few lines can read, and the name.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

FAMILY = "Tidegate Sans"
UNITS_PER_EM = 1000
# ASCII, Latin-1, and the marks a chart of quantities needs. U+25A1 stands in for everything else.
CHARACTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100)] + [
    ord(c) for c in "–—−≤≥±×·…’‘“”→←↑↓€Δβσ□•≈"
]
SMALLEST_KERN = 6  # units; less than a tenth of a pixel at title size


def pair_adjustments(font):
    """First-glyph advance changes of every horizontal pair in GPOS `kern`, first lookup wins."""
    gpos = font["GPOS"].table
    lookups = {
        index
        for record in gpos.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    glyphs, pairs = font.getGlyphOrder(), {}
    for index in sorted(lookups):
        for table in gpos.LookupList.Lookup[index].SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType != 2:
                continue
            for position, first in enumerate(table.Coverage.glyphs):
                if table.Format == 1:
                    records = [
                        (record.SecondGlyph, record.Value1)
                        for record in table.PairSet[position].PairValueRecord
                    ]
                else:
                    row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)].Class2Record
                    records = [
                        (second, row[table.ClassDef2.classDefs.get(second, 0)].Value1)
                        for second in glyphs
                    ]
                for second, value in records:
                    advance = getattr(value, "XAdvance", 0) or 0
                    if (first, second) not in pairs and (advance or table.Format == 1):
                        pairs[first, second] = advance
    return pairs


def tabular_forms(font):
    """Glyph to tabular glyph, from the GSUB feature `tnum`."""
    gsub, forms = font["GSUB"].table, {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    forms |= getattr(table, "ExtSubTable", table).mapping
    return forms


def make(source, style, target):
    font = TTFont(source)
    cmap = font.getBestCmap()
    tabular = tabular_forms(font)
    digits = {ord(d): tabular[cmap[ord(d)]] for d in "0123456789"}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(digits)

    options = subset.Options(layout_features=["kern"], name_IDs=[0, 7, 13, 14], hinting=False)
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    scale_upem(font, UNITS_PER_EM)
    # Rounding to the smaller grid may part the widths of digits by a unit.
    width = max(font["hmtx"][glyph][0] for glyph in digits.values())
    for glyph in digits.values():
        font["hmtx"][glyph] = (width, font["hmtx"][glyph][1])

    kept = {font.getBestCmap()[c] for c in [*range(0x21, 0x7F), *map(ord, "–—−’‘“”")]}
    kept -= set(digits.values())
    kern = KernTable_format_0(apple=False)
    kern.coverage, kern.tupleIndex, kern.version = 1, None, 0
    kern.kernTable = {
        pair: value
        for pair, value in pair_adjustments(font).items()
        if abs(value) >= SMALLEST_KERN and kept.issuperset(pair)
    }
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [kern]
    for tag in ("GPOS", "GSUB", "GDEF", "BASE", "STAT", "DSIG"):
        if tag in font:
            del font[tag]

    names = {1: f"{FAMILY} {style}".removesuffix(" Regular"), 2: "Regular", 16: FAMILY, 17: style}
    names |= {4: f"{FAMILY} {style}", 6: f"TidegateSans-{style}", 3: f"tidegate;{style}"}
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    for cff in font["CFF "].cff.topDictIndex:
        cff.FamilyName, cff.FullName = FAMILY, names[4]
        if hasattr(cff, "Notice"):
            del cff.rawDict["Notice"]
    font["CFF "].cff.fontNames = [names[6]]
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(target)
    print(target, Path(target).stat().st_size, "bytes,", len(kern.kernTable), "kerning pairs")


if __name__ == "__main__":
    here = Path(__file__).parent
    for style in ("Regular", "SemiBold"):
        make(Path(sys.argv[1]) / f"Inter-{style}.otf", style, here / f"TidegateSans-{style}.otf")
