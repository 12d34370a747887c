#!/usr/bin/env python3
"""Reports as programs that are not ours read them: readers.py [RECLINT]

JUnit by the package junitparser, where it is installed, XML by Python's own parser, the rest as JSON. All must say the
same number of findings as `ndjson`, or of records.
"""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RECLINT = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else f"{ROOT}/target/debug/reclint"


def report(form):
    words = [RECLINT, "check", "--isolated", "--as-of", "2026-11-22", "--output-format", form, "examples"]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert run.returncode == 1, run.stderr.decode()
    return run.stdout.decode("utf-8")


lines = [json.loads(line) for line in report("ndjson").splitlines()]
summary = lines.pop()["summary"]
counts = {
    "sarif": len(json.loads(report("sarif"))["runs"][0]["results"]),
    "gitlab": len({problem["fingerprint"] for problem in json.loads(report("gitlab"))}),
    "rdjson": len(json.loads(report("rdjson"))["diagnostics"]),
    "checkstyle": sum(1 for _ in ElementTree.fromstring(report("checkstyle")).iter("error")),
}
assert set(counts.values()) == {len(lines)}, (counts, len(lines))

failing = {(line["path"], json.dumps(line["record"])) for line in lines if line["severity"] == "error"}
suites = ElementTree.fromstring(report("junit"))
assert int(suites.get("failures")) == sum(1 for _ in suites.iter("failure")) == len(failing), suites.attrib
assert int(suites.get("tests")) >= summary["records"] + summary["unreadable"], suites.attrib
try:
    import junitparser
except ImportError:
    print("no junitparser: JUnit is read as XML alone")
else:
    read = junitparser.JUnitXml.fromstring(report("junit").encode())
    cases = [case for suite in read for case in suite]
    failed = [case for case in cases if any(isinstance(one, junitparser.Failure) for one in case.result)]
    assert (len(cases), len(failed)) == (read.tests, read.failures), (len(cases), len(failed))
print(f"{len(lines)} findings, the same in {', '.join(counts)}; {suites.get('tests')} tests, {suites.get('failures')} failed")
