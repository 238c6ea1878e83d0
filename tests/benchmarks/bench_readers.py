"""Pages a second of the PDF reader, beside PDFium's own text and pdftotext, and the words that they agree on.

    python tests/benchmarks/bench_readers.py FILE.pdf [FILE.pdf …] [--rounds 3]

Each reader reads each file in a fresh process; time is that of the processor, without the start of the program but for pdftotext.
Words: of those that one reader finds, the share that the other one finds too.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

OURS = """
import sys, time, json
from pathlib import Path
from kz_textkit.readers import pdf
from kz_textkit.settings import Settings
start = time.process_time()
raw = pdf.read(Path(sys.argv[1]), Settings(ocr=False))
print(json.dumps([time.process_time() - start, raw.text, raw.text.count("\\f") + 1]))
"""
PDFIUM = """
import sys, time, json
import pypdfium2
start = time.process_time()
document = pypdfium2.PdfDocument(sys.argv[1])
text = "\\f".join(page.get_textpage().get_text_range() for page in document)
print(json.dumps([time.process_time() - start, text, len(document)]))
"""


def by_python(program: str, path: Path) -> tuple[float, str, int]:
    """Seconds, text and pages of a program that prints them."""
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, check=True)
    seconds, text, pages = json.loads(done.stdout)
    return seconds, text, pages


def by_pdftotext(path: Path) -> tuple[float, str, int]:
    """Seconds, text and pages of pdftotext, with its start."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    text = done.stdout.decode("utf-8", "replace")
    return seconds, text, text.count("\f")


def words(text: str) -> Counter[str]:
    """The words of a text, those broken over lines put together."""
    return Counter(re.findall(r"\w+", re.sub(r"(?<=\w)[-\u00ad\u2010\x02\ufffe]\s*\n\s*", "", text)))


def share(found: Counter[str], other: Counter[str]) -> float:
    """Share of the words `found` that are in `other`."""
    return sum((found & other).values()) / max(1, sum(found.values()))


def main() -> None:
    """Print a line a file and reader."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print(f"{'file':<32}{'reader':<14}{'pages/s':>9}{'words':>9}{'in ours':>9}{'ours in':>9}")
    for path in arguments.files:
        readers = {"kz-textkit": lambda path: by_python(OURS, path), "PDFium": lambda path: by_python(PDFIUM, path)}
        if shutil.which("pdftotext"):
            readers["pdftotext"] = by_pdftotext
        ours: Counter[str] = Counter()
        for name, reader in readers.items():
            runs = [reader(path) for _ in range(arguments.rounds)]
            seconds, text, pages = min(runs)
            found = words(text)
            ours = ours or found
            shown = f"{path.name[:30]:<32}{name:<14}{pages / seconds:>9.1f}{sum(found.values()):>9}"
            print(f"{shown}{share(found, ours):>9.4f}{share(ours, found):>9.4f}")


if __name__ == "__main__":
    main()
