# SPDX-License-Identifier: MIT
"""Prints where this Python looks for packages below a prefix, for `make install`.

    python_dir.py PREFIX [or-else]

Exits 1 when it looks nowhere there; with "or-else", prints where it would as a part of the prefix.
"""
import site
import sys
import sysconfig

prefix = sys.argv[1].rstrip("/")
looks = [path for path in site.getsitepackages() if path.startswith(f"{prefix}/lib")]
if not looks and sys.argv[2:] != ["or-else"]:
    sys.exit(1)
print(looks[0] if looks else sysconfig.get_path("purelib", "posix_prefix", {"base": prefix}))
