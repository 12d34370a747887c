"""The hooks in a real pre-commit: python3 tests/hooks/commit.py WHEELS, a folder with the wheel of `maturin build`.

The folder `pre-commit` becomes a git repository with a tag, as it is published. In a repository that uses it, a commit with a bad
record must be stopped and one with a good record pass; in another, a commit that leaves the records of its software behind. Needs `git`, and `pre-commit` beside this Python or on the path.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REV = "v0.1.0"

GOOD = """cff-version: 1.2.0
message: Please cite it as below.
title: Winter floods
type: software
license: MIT
version: 1.0.0
date-released: 2024-03-01
repository-code: https://example.org/floods
abstract: Reads gauges and draws floods.
keywords: [floods]
authors:
  - family-names: Keller
    given-names: Ruth
    orcid: https://orcid.org/0000-0002-1825-0097
"""
BAD = GOOD.replace("0000-0002-1825-0097", "0000-0002-1825-0098")


def run(folder, *words, want=0, **variables):
    """Runs a program there; its output, and the end if the exit code is not what is wanted."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **variables}
    for name in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{name}_NAME": "Test", f"GIT_{name}_EMAIL": "test@example.org"}
    done = subprocess.run(words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if (done.returncode == 0) != (want == 0):
        sys.exit(f"{' '.join(words)}: exit code {done.returncode}\n{done.stdout}")
    return done.stdout


def holds(text, *parts):
    for part in parts:
        if part not in text:
            sys.exit(f"{part!r} is not in:\n{text}")


def repository(folder):
    folder.mkdir(parents=True, exist_ok=True)
    run(folder, "git", "init", "--quiet", "--initial-branch", "main")
    return folder


def mirrored(folder):
    """The folder `pre-commit` as a git repository with a tag."""
    repository(folder)
    shutil.copytree(ROOT / "pre-commit", folder, dirs_exist_ok=True)
    run(folder, "git", "add", ".")
    run(folder, "git", "commit", "--quiet", "-m", "Hooks")
    run(folder, "git", "tag", REV)
    return folder


def cargo(version):
    return f'[package]\nname = "floods"\nversion = "{version}"\nlicense = "MIT"\n'


def software(mirror, work, pre_commit, settings):
    """The hook that holds the records of software to each other, to manifests and tags: as they are staged."""
    repository(work)
    hooks = f"repos:\n  - repo: {mirror}\n    rev: {REV}\n    hooks:\n      - id: reclint-software\n"
    (work / ".pre-commit-config.yaml").write_text(hooks)
    (work / "CITATION.cff").write_text(GOOD)
    (work / "Cargo.toml").write_text(cargo("1.0.0"))
    run(work, "git", "add", ".")
    run(work, pre_commit, "install", **settings)
    holds(run(work, "git", "commit", "-m", "Set up", **settings), "reclint-software", "Passed")

    # The commit changes the manifest alone, and the hook finds the record that it leaves behind.
    (work / "Cargo.toml").write_text(cargo("1.1.0"))
    run(work, "git", "add", "Cargo.toml")
    said = run(work, "git", "commit", "-m", "Left behind", want=1, **settings)
    holds(said, "Failed", "conflicting-versions", "`CITATION.cff` says 1.0.0, but `Cargo.toml` (line 3) says 1.1.0")
    print(said)

    # What is staged counts: in the folder the record is mended, and still it is stopped.
    (work / "CITATION.cff").write_text(GOOD.replace("version: 1.0.0", "version: 1.1.0"))
    holds(run(work, "git", "commit", "-m", "Mended in the folder alone", want=1, **settings), "conflicting-versions")

    # And what git does not know does not count.
    (work / "codemeta.json").write_text('{"@context": "https://w3id.org/codemeta/3.0", "name": "floods", "version": "0.5"}\n')
    run(work, "git", "add", "CITATION.cff")
    holds(run(work, "git", "commit", "-m", "Mended", **settings), "Passed")

    # A file that has nothing to do with it does not call the hook.
    (work / "notes.md").write_text("Snow.\n")
    run(work, "git", "add", "notes.md")
    holds(run(work, "git", "commit", "-m", "Notes", **settings), "Skipped")
    run(work, "git", "tag", "v1.2.0")
    holds(run(work, pre_commit, "run", "--all-files", want=1, **settings), "version-behind-tag", "there is a release v1.2.0")


def main():
    wheels = pathlib.Path(sys.argv[1]).resolve()
    beside = pathlib.Path(sys.executable).with_name("pre-commit")
    pre_commit = str(beside) if beside.exists() else shutil.which("pre-commit")
    if not pre_commit:
        sys.exit("there is no pre-commit: python3 -m pip install pre-commit")
    with tempfile.TemporaryDirectory(prefix="reclint-hooks-") as temporary:
        temporary = pathlib.Path(temporary)
        mirror = mirrored(temporary / "mirror")
        work = repository(temporary / "work")
        settings = {"PRE_COMMIT_HOME": str(temporary / "cache"), "PIP_FIND_LINKS": str(wheels)}
        hooks = f"repos:\n  - repo: {mirror}\n    rev: {REV}\n    hooks:\n      - id: reclint\n"
        (work / ".pre-commit-config.yaml").write_text(hooks)
        # What no hook of ours may speak of: files that are no records, one of them no JSON either.
        (work / "tsconfig.json").write_text('{\n  // with a comment\n  "compilerOptions": {}\n}\n')
        (work / "package.json").write_text('{"name": "floods", "private": true}\n')
        run(work, "git", "add", ".")
        run(work, pre_commit, "install", **settings)
        start = time.monotonic()
        said = run(work, "git", "commit", "-m", "Set up", **settings)
        print(f"installed and run: {time.monotonic() - start:.1f} s")
        holds(said, "reclint", "Passed")

        (work / "CITATION.cff").write_text(BAD)
        run(work, "git", "add", ".")
        said = run(work, "git", "commit", "-m", "Bad", want=1, **settings)
        holds(said, "Failed", "CITATION.cff:1", "invalid-orcid", "would be 7, not 8")
        print(said)

        (work / "CITATION.cff").write_text(GOOD)
        run(work, "git", "add", ".")
        holds(run(work, "git", "commit", "-m", "Good", **settings), "Passed")
        print(run(work, pre_commit, "run", "--all-files", "--verbose", **settings))
        software(mirror, temporary / "software", pre_commit, settings)
        print("hooks: a bad commit is stopped, a good one passes")


if __name__ == "__main__":
    main()
