"""Megabytes of XML or HTML a second of the readers of Word, OpenDocument, EPUB and web pages, beside what others give of the same file.

    python tests/benchmarks/bench_markup.py FILE [FILE …] [--rounds 5]

Each reader reads each file in a process of its own, several times; time is that of the processor, of the fastest round. Beside ours:
python-docx (paragraphs of the body alone) and resiliparse (text of the main part alone). Words: those of the other that ours finds too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

PROGRAM = """
import sys, time, json
from pathlib import Path
{imports}
best, text = 1e9, ""
for _ in range(int(sys.argv[2])):
    start = time.process_time()
    text = {call}
    best = min(best, time.process_time() - start)
print(json.dumps([best, text]))
"""
OURS = "from kz_textkit.readers import {module}\nfrom kz_textkit.settings import Settings"
MODULES = {".docx": "docx", ".odt": "odf", ".epub": "epub", ".html": "html", ".htm": "html"}
OTHERS = {
    ".docx": ("python-docx", "import docx", '"\\n".join(p.text for p in docx.Document(sys.argv[1]).paragraphs)'),
    ".html": (
        "resiliparse",
        "from resiliparse.extract.html2text import extract_plain_text",
        'extract_plain_text(Path(sys.argv[1]).read_text("utf-8"), main_content=True)',
    ),
}


def megabytes(path: Path) -> float:
    """Size of the mark-up: of the file, or of the XML that is packed in it."""
    if not zipfile.is_zipfile(path):
        return path.stat().st_size / 1e6
    with zipfile.ZipFile(path) as package:
        return sum(info.file_size for info in package.infolist() if info.filename.endswith(("xml", "html"))) / 1e6


def measured(imports: str, call: str, path: Path, rounds: int) -> tuple[float, str]:
    """Seconds and text of a reader."""
    program = PROGRAM.format(imports=imports, call=call)
    done = subprocess.run([sys.executable, "-c", program, str(path), str(rounds)], capture_output=True, check=True)
    seconds, text = json.loads(done.stdout)
    return seconds, text


def main() -> None:
    """Print a line a file and reader."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    print(f"{'file':<32}{'reader':<14}{'MB':>8}{'MB/s':>9}{'words':>9}{'in ours':>9}")
    for path in arguments.files:
        suffix, size = path.suffix.lower(), megabytes(path)
        module = MODULES[suffix]
        readers = [("kz-textkit", OURS.format(module=module), f"{module}.read(Path(sys.argv[1]), Settings()).text")]
        readers += [OTHERS[suffix]] if suffix in OTHERS else []
        ours: Counter[str] = Counter()
        for name, imports, call in readers:
            seconds, text = measured(imports, call, path, arguments.rounds)
            found = Counter(text.replace("\u00ad", "").split())
            ours = ours or found
            share = sum((found & ours).values()) / max(1, sum(found.values()))
            print(f"{path.name[:30]:<32}{name:<14}{size:>8.2f}{size / seconds:>9.2f}{sum(found.values()):>9}{share:>9.4f}")


if __name__ == "__main__":
    main()
