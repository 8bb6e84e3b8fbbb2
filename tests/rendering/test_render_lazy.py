"""Nothing heavy loads until a briefing is drawn."""

from __future__ import annotations

import subprocess
import sys


def test_the_room_can_be_entered_without_jinja_markdown_or_nh3() -> None:
    code = (
        "import sys, digest.rendering, digest.rendering.article\n"
        "print(*sorted({'jinja2', 'markdown', 'nh3', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
