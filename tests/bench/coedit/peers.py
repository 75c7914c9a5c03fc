"""Puts the peers' packages beside this file, exactly as locked; `make run` and `make test` do not need them."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
STAMP = HERE / "node_modules" / ".installed"
INCLUDES = Path("/usr/include/node/node.h")


def install() -> None:
    """Install them unless that is done; ends the benchmark with a word on what to do where it fails."""
    mark = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == mark:
        return
    if not shutil.which("npm"):
        sys.exit(
            "✗ npm is missing, and with it the servers to compare with.\n  What to do: install Node 20 or newer with npm."
        )
    print("→ Installing the servers to compare with (once; a few minutes where SQLite has to be compiled)", flush=True)
    _run(["npm", "ci", "--no-progress"])
    # Node's headers from the system's package, where it has them: nothing else has to be fetched then.
    from_system = {"npm_config_nodedir": "/usr", "npm_config_build_from_source": "true"} if INCLUDES.exists() else {}
    _run(["npm", "rebuild", "better-sqlite3", "--ignore-scripts=false"], **from_system)
    STAMP.write_text(mark, encoding="utf-8")


def _run(command: list[str], **environment: str) -> None:
    done = subprocess.run(
        command, cwd=HERE, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=900
    )
    if done.returncode:
        print((done.stdout + done.stderr)[-4000:])
        sys.exit(
            f"✗ That failed: {' '.join(command)}\n  What to do: check the network and a C++ compiler, then run it again."
        )
