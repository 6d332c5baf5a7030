#!/usr/bin/env python3
"""The sample service of parcels.txt, as it says or with one defect.

    python3 bench/foreign/service.py --port 0 --key one=secret-one --key two=secret-two
    python3 bench/foreign/service.py --defects
"""

import argparse

from parcelway import defects
from parcelway.web import Parcelway, serve

KEYS = ["first=key-of-first", "second=key-of-second"]


def main():
    parser = argparse.ArgumentParser(description="Serves parcels.txt from memory.")
    parser.add_argument("--port", type=int, default=8090, help="0 for any that is free")
    parser.add_argument("--key", action="append", metavar="ACCOUNT=KEY", help=f"default: {', '.join(KEYS)}")
    parser.add_argument("--defect", choices=sorted(defects.ALL), metavar="NAME", help="what is wrong with it")
    parser.add_argument("--defects", action="store_true", help="print what can be wrong with it")
    args = parser.parse_args()
    if args.defects:
        for row in defects.rows():
            print(f"{row['name']}\t{row['what']}")
        return
    pairs = (one.partition("=") for one in args.key or KEYS)
    way = Parcelway({key: account for account, _, key in pairs})
    if args.defect:
        defects.ALL[args.defect](way)
    server = serve(way, args.port)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
