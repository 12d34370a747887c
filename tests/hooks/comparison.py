"""What stands in docs/comparison.md, measured anew: python3 tests/hooks/comparison.py WHEELS.

Ten faulty CITATION.cff files in a git repository, and three hooks over them in a real pre-commit: ours, and those of `check-jsonschema` and
`cffconvert` from their packages. Prints what each says of each file, and how long each hook takes, warm: as pre-commit gives it, in hundredths of a
second, and the same programs with the same files started by hand. Needs the network for the packages.
"""

import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from commit import GOOD, REV, mirrored, repository, run  # noqa: E402

FILES = [
    ("a wrong ORCID iD", GOOD.replace("0000-0002-1825-0097", "0000-0002-1825-0098")),
    ("an author without a name", GOOD + "  - {}\n"),
    ("a blank title", GOOD.replace("title: Winter floods", 'title: "  "')),
    ("the 31st of February", GOOD.replace("2024-03-01", "2025-02-31")),
    ("a DOI written as an address", GOOD + "doi: https://doi.org/10.5281/zenodo.1003150\n"),
    ("a licence SPDX does not have", GOOD.replace("license: MIT", "license: GPL v3")),
    ("a key that is mistyped", GOOD.replace("license: MIT", "licence: MIT")),
    ("a key that stands twice", GOOD + "version: 1.0.1\n"),
    ("a bracket that is not closed", GOOD.replace("[floods]", "[floods")),
    ("a placeholder left in", GOOD.replace("Reads gauges and draws floods.", "TODO")),
]
HOOKS = """repos:
  - repo: {mirror}
    rev: {rev}
    hooks:
      - {{ id: reclint, verbose: true }}
  - repo: local
    hooks:
      - id: check-jsonschema
        name: check-jsonschema
        language: python
        additional_dependencies: [check-jsonschema]
        entry: check-jsonschema --builtin-schema vendor.citation-file-format
        files: CITATION.cff$
        verbose: true
      - id: cffconvert
        name: cffconvert
        language: python
        additional_dependencies: [cffconvert]
        # It takes one file.
        entry: sh -c 'code=0; for file; do cffconvert --validate -i "$file" || code=1; done; exit $code' sh
        files: CITATION.cff$
        verbose: true
"""


def main():
    wheels = pathlib.Path(sys.argv[1]).resolve()
    pre_commit = str(pathlib.Path(sys.executable).with_name("pre-commit"))
    with tempfile.TemporaryDirectory(prefix="reclint-comparison-") as temporary:
        temporary = pathlib.Path(temporary)
        mirror = mirrored(temporary / "mirror")
        work = repository(temporary / "work")
        (work / ".pre-commit-config.yaml").write_text(HOOKS.format(mirror=mirror, rev=REV))
        for number, (_, text) in enumerate(FILES, 1):
            folder = work / f"{number:02}"
            folder.mkdir()
            (folder / "CITATION.cff").write_text(text)
        run(work, "git", "add", ".")
        settings = {"PRE_COMMIT_HOME": str(temporary / "cache"), "PIP_FIND_LINKS": str(wheels)}
        took = {}
        for turn in range(6):
            said = run(work, pre_commit, "run", "--all-files", "--verbose", want=1, **settings)
            for hook, seconds in re.findall(r"- hook id: (\S+)\n- duration: ([\d.]+)s", said):
                if turn:
                    took.setdefault(hook, []).append(float(seconds))
        for hook, seconds in took.items():
            print(f"{hook}: {statistics.median(seconds):.2f} s (of {len(seconds)} warm runs, {min(seconds):.2f} to {max(seconds):.2f})")
        environments = {path.name: path for path in (temporary / "cache").glob("**/bin/*")}
        for program in ("reclint", "check-jsonschema", "cffconvert"):
            done = subprocess.run([environments[program], "--version"], stdout=subprocess.PIPE, text=True, check=True)
            print(f"{program}: {done.stdout.strip()}")
        paths = [f"{number:02}/CITATION.cff" for number in range(1, len(FILES) + 1)]
        started = {
            "reclint": [["reclint", "check", "--pass-over", "--force-exclude", "--quiet", *paths]],
            "check-jsonschema": [["check-jsonschema", "--builtin-schema", "vendor.citation-file-format", *paths]],
            "cffconvert": [["cffconvert", "--validate", "-i", path] for path in paths],
        }
        took = {program: [] for program in started}
        for _ in range(21):
            for program, runs in started.items():
                before = time.perf_counter()
                for words in runs:
                    subprocess.run([environments[words[0]], *words[1:]], cwd=work, capture_output=True, check=False)
                took[program].append(1000 * (time.perf_counter() - before))
        ours = took["reclint"]
        for program, milliseconds in took.items():
            ratio = statistics.median(theirs / own for theirs, own in zip(milliseconds, ours))
            print(f"{program}: {statistics.median(milliseconds):.1f} ms by hand ({min(milliseconds):.1f} to {max(milliseconds):.1f}), {ratio:.1f} times ours")
        for number, (fault, _) in enumerate(FILES, 1):
            path = f"{number:02}/CITATION.cff"
            print(f"\n## {number}. {fault}")
            for words in [["reclint", "check", "--output-format", "concise", path],
                          ["check-jsonschema", "--builtin-schema", "vendor.citation-file-format", path],
                          ["cffconvert", "--validate", "-i", path]]:
                done = subprocess.run([environments[words[0]], *words[1:]], cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                      text=True, check=False)
                lines = done.stdout.strip().splitlines()
                shown = lines if len(lines) < 14 else lines[:3] + [f"... {len(lines) - 6} lines ..."] + lines[-3:]
                print(f"### {words[0]} ({done.returncode}, {len(lines)} lines)\n" + "\n".join(shown))


if __name__ == "__main__":
    main()
