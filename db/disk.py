"""What must be on the disk before something else is said to be there."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Force a file, or a folder's names, onto the disk: no name may outlive a crash that its content did not."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
