"""What CI systems are given, run as they would: python3 tests/hooks/ci.py WHEELS.

The steps of `action.yml`, the script of `ci/gitlab.yml`, and the image of the `Dockerfile` where there is an engine for it. WHEELS is a
folder with the wheel of `maturin build`. Needs PyYAML, which pre-commit has, too.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import venv

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from commit import ROOT, holds  # noqa: E402

GOOD = (ROOT / "CITATION.cff").read_text()
# The last digit of an ORCID iD checks the others.
BAD = GOOD.replace("authors:", "authors:\n  - family-names: Keller\n    orcid: https://orcid.org/0000-0002-1825-0098")


def bash(script, folder, want, **variables):
    done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, env={**os.environ, **variables},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != want:
        sys.exit(f"exit code {done.returncode} instead of {want} of:\n{script}\n{done.stdout}")
    return done.stdout


def github(temporary, wheels):
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    defaults = {name: given["default"] for name, given in action["inputs"].items()}
    runner = temporary / "runner"
    runner.mkdir()
    summary = temporary / "summary.md"
    settings = {"GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(runner), "GITHUB_STEP_SUMMARY": str(summary), "PIP_FIND_LINKS": str(wheels)}
    for text, inputs, code in [(BAD, {"sarif": "reclint.sarif"}, 1), (GOOD, {"arguments": "--fail-on\nwarning", "paths": "."}, 0)]:
        work = temporary / f"github-{code}"
        work.mkdir()
        (work / "CITATION.cff").write_text(text)
        inputs = defaults | inputs
        said = ""
        for number, step in enumerate(action["runs"]["steps"]):
            given = {name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: str(inputs[found[1]]), value)
                     for name, value in step["env"].items()}
            said = bash(step["run"], work, code if number else 0, **settings, **given)
        if code:
            holds(said, "::error file=CITATION.cff,line=", "title=invalid-orcid", "not ready")
            holds(summary.read_text(), "invalid-orcid")
            assert json.loads((work / "reclint.sarif").read_text())["version"] == "2.1.0"
        else:
            holds(said, "nihil obstat")
    print("action.yml: findings are annotated and summed up, and fail the step; a good record passes")


def gitlab(temporary, wheels):
    job = yaml.safe_load((ROOT / "ci/gitlab.yml").read_text())["reclint"]
    work = temporary / "gitlab"
    work.mkdir()
    (work / "CITATION.cff").write_text(BAD)
    venv.create(temporary / "image", with_pip=True)
    settings = {"PATH": f"{temporary / 'image' / 'bin'}:{os.environ['PATH']}", "GITLAB_CI": "true", "PIP_FIND_LINKS": str(wheels)}
    settings |= {name: str(value) for name, value in job["variables"].items()}
    said = bash("\n".join(job["script"]), work, 1, **settings)
    holds(said, "invalid-orcid")
    reports = job["artifacts"]["reports"]
    found = json.loads((work / reports["codequality"]).read_text())
    assert [one["check_name"] for one in found if one["severity"] == "critical"] == ["invalid-orcid"], found
    holds((work / reports["junit"]).read_text(), "<testsuites", "invalid-orcid")
    print("ci/gitlab.yml: both reports are there, and findings fail the job")


def image():
    engine = next((path for path in map(shutil.which, ("docker", "podman")) if path), None)
    if not engine or subprocess.run([engine, "info"], capture_output=True, check=False).returncode:
        print("Dockerfile: not built, for there is no engine here")
        return
    bash(f"{engine} build --quiet -t reclint-test {ROOT}", ROOT, 0)
    holds(bash(f"{engine} run --rm reclint-test --version", ROOT, 0), "reclint ")
    print("Dockerfile: built and run")


def main():
    wheels = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="reclint-ci-") as temporary:
        github(pathlib.Path(temporary), wheels)
        gitlab(pathlib.Path(temporary), wheels)
    image()


if __name__ == "__main__":
    main()
