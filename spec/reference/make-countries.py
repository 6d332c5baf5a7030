#!/usr/bin/env python3
"""Writes countries.tsv from Unicode CLDR.

    npm pack cldr-core@48.2.0 cldr-localenames-full@48.2.0
    for each: tar xzf FILE
    python3 make-countries.py CORE_FOLDER NAMES_FOLDER > countries.tsv

The folders are the unpacked `package` folders of the two npm packages.
"""

import hashlib
import json
import sys
from pathlib import Path

# Names of regions as UN M49 prints them where CLDR prints others.
M49 = {
    "035": "South-eastern Asia",
    "053": "Australia and New Zealand",
    "057": "Micronesia",
}

# The one row that the document prints.
PRINTED = {"840": "6006dda272f002519c3eb505"}

TIME = "2021-01-01T00:00:00+00:00"

HEADER = [
    "countryId",
    "countryName",
    "alpha2Code",
    "alpha3Code",
    "numericCode",
    "geographicRegionNumericCode",
    "geographicRegionName",
    "createTime",
    "updateTime",
]


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def regions(core):
    """The leaf of the territory containment for each country."""
    containment = read(core / "supplemental/territoryContainment.json")
    found = {}
    for region, entry in containment["supplemental"]["territoryContainment"].items():
        # Entries such as "001-status-grouping" repeat what others say.
        if region.isdigit():
            for member in entry["_contains"]:
                if len(member) == 2:
                    found[member] = region
    return found


def identifier(numeric):
    """24 hexadecimal digits that stay the same from run to run."""
    digest = hashlib.sha256(f"country {numeric}".encode()).hexdigest()
    return PRINTED.get(numeric, digest[:24])


def rows(core, names):
    leaf = regions(core)
    codes = read(core / "supplemental/codeMappings.json")["supplemental"]["codeMappings"]
    english = read(names / "main/en/territories.json")["main"]["en"]["localeDisplayNames"]["territories"]
    for alpha2, code in codes.items():
        if len(alpha2) != 2 or "_numeric" not in code or "_alpha3" not in code:
            continue
        # 900 and above are codes for private use; Antarctica alone has no region.
        if int(code["_numeric"]) >= 900 or (alpha2 not in leaf and alpha2 != "AQ"):
            continue
        numeric, region = code["_numeric"], leaf.get(alpha2, "")
        name = M49.get(region, english.get(region, "")) if region else ""
        yield [identifier(numeric), english[alpha2], alpha2, code["_alpha3"], numeric, region, name, TIME, TIME]


def main():
    core, names = Path(sys.argv[1]), Path(sys.argv[2])
    print("\t".join(HEADER))
    for row in sorted(rows(core, names), key=lambda row: row[4]):
        print("\t".join(row))


main()
