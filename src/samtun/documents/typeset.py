"""Run as a script by `press`: JSON on standard input, PDF/UA-1 on standard output.

It knows of nothing else in Samtun and imports no more than it must, because it starts anew for
every document. A template reads the JSON as `sys.inputs.data`; no part of it is ever Typst source.

    python -I typeset.py FOLDER TEMPLATE SECONDS
"""

import sys

import typst


def typeset(folder: str, template: str, data: str, seconds: int) -> bytes:
    """The template of this name with `data`, dated `seconds` since 1970.

    Only our fonts and those inside Typst are used, so that a document is the same everywhere.
    """
    return typst.compile(
        f"{folder}/templates/{template}.typ",
        root=f"{folder}/templates",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[f"{folder}/fonts"]),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
        timestamp=seconds,
    )


if __name__ == "__main__":
    pdf = typeset(sys.argv[1], sys.argv[2], sys.stdin.buffer.read().decode(), int(sys.argv[3]))
    sys.stdout.buffer.write(pdf)
