#!/usr/bin/env python3
"""The review page in a real browser: review.py [RECLINT [FOLDER FOR PICTURES]] [--large]

It opens, filters, searches, ticks off, exports, prints; nothing in a record becomes markup; what it exports silences
exactly what was ticked off. Needs a Chromium, and of Python no more than comes with it. With --large it says how long a
page with 100,000 records takes, which is to be under three seconds on a machine that does nothing else.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

from browser import Browser, found

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORDS = [word for word in sys.argv[1:] if word != "--large"]
RECLINT = os.path.abspath(WORDS[0]) if WORDS else f"{ROOT}/target/debug/reclint"
PICTURES = WORDS[1] if len(WORDS) > 1 else None
EVIL = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 2'>"


def record(number, **members):
    whole = {
        "doi": f"10.5072/example-{number}", "creators": [{"name": "Keller, Ruth"}], "titles": [{"title": f"Snow depth {number}"}],
        "publisher": {"name": "EnviDat"}, "publicationYear": 2000 + number, "types": {"resourceTypeGeneral": "Dataset"},
        "rightsList": [{"rights": "CC0"}], "language": "en", "version": "1.0", "subjects": [{"subject": "snow"}, {"subject": "time series"}],
        "descriptions": [{"description": "Daily measurements at one alpine station, homogenised, with the method.", "descriptionType": "Abstract"}],
        "schemaVersion": "http://datacite.org/schema/kernel-4", **members,
    }
    return {key: value for key, value in whole.items() if value is not None}


RECORDS = [
    record(1),
    record(2, titles=[{"title": EVIL}], language=None),
    record(3, dates=[{"date": "2025-02-31", "dateType": "Issued"}, {"date": "31.12.2024", "dateType": "Created"}]),
    record(4, rightsList=None, language=None),
    record(5, creators=[{"name": "Keller, Ruth", "nameIdentifiers": [{"nameIdentifier": "0000-0002-1825-0098", "nameIdentifierScheme": "ORCID"}]}]),
    record(6, rightsList=None, doi="10.5072/quote\"back\\slash"),
    record(7, relatedIdentifiers=[{"relatedIdentifier": f"10.5072/old-{at}.", "relatedIdentifierType": "DOI", "relationType": "Cites"} for at in range(2)]),
]


def check(folder, *words):
    return subprocess.run([RECLINT, "check", "--as-of", "2026-01-01", *words], cwd=folder, capture_output=True, text=True)


def prints(folder):
    run = check(folder, "--output-format", "json", "records")
    assert run.returncode < 2, run.stderr
    return sorted(finding["fingerprint"] for finding in json.loads(run.stdout)["findings"]), run


def same(one, other, what):
    assert one == other, f"{what}:\n  {one!r}\n  {other!r}"


def choose(browser, name, value):
    browser.run(f"(() => {{ const field = byId('f-{name}'); field.value = {json.dumps(value)}; field.dispatchEvent(new Event('change')); }})()")


def search(browser, text):
    browser.run(f"(() => {{ const field = byId('f-text'); field.value = {json.dumps(text)}; field.dispatchEvent(new Event('input')); }})()")
    browser.wait(f"filter.text === {json.dumps(text)}")


def go(browser, fragment):
    browser.run(f"new Promise((then) => {{ location.hash = {json.dumps(fragment)}; setTimeout(then, 100); }})")


def go_to_record(browser, number, more=""):
    go(browser, f"#record?number={number}{more}")
    browser.wait(f"byId('view-record').dataset.number === '{number}'")


def reads_what_was_found(browser, before, run):
    same(sorted(browser.run("findings.map((finding) => finding.print)")), before, "the findings of the page")
    summary = json.loads(run.stdout)["summary"]
    same(browser.run("real.length"), summary["records"], "records")
    same(browser.run("real.filter((record) => !record.ready).length"), summary["records_not_ready"], "records that are not ready")
    same(browser.run("real.filter((record) => !record.findings.length).length > 0"), True, "records without findings are there")


def shows_markup_as_text(browser):
    go(browser, "#list?what=records")
    same(browser.run("typeof window.broken"), "undefined", "a title ran as a script")
    same(browser.run("document.images.length"), 0, "a title made an image")
    titles = browser.run("[...document.querySelectorAll('#rows .message')].map((one) => one.textContent)")
    assert EVIL in titles, titles
    go_to_record(browser, browser.run(f"records.findIndex((record) => record.title === {json.dumps(EVIL)})"))
    same(browser.run("byId('record-title').textContent"), EVIL, "the title of the record")
    same(browser.run("typeof window.broken"), "undefined", "a title ran as a script")


def filters_and_searches(browser):
    go(browser, "#list")
    whole = browser.run("listed.length")
    same(whole, browser.run("findings.length"), "all are listed")
    choose(browser, "severity", "2")
    assert 0 < browser.run("listed.length") < whole
    same(browser.run("listed.every((finding) => finding.severity === 2)"), True, "errors alone")
    browser.run("byId('f-reset').click()")
    choose(browser, "rule", "missing-license")
    same(browser.run("listed.length"), 2, "missing-license")
    choose(browser, "year", "2004")
    same(browser.run("listed.length"), 1, "missing-license in 2004")
    browser.run("byId('f-reset').click()")
    choose(browser, "state", "not-ready")
    same(browser.run("listed.every((finding) => !finding.record.ready) && listed.length > 0"), True, "of records that are not ready")
    browser.run("byId('f-reset').click()")
    for text in ["snow DEPTH 4", "example-4", "reused example-4", "2025-02-31"]:
        search(browser, text)
        assert 0 < browser.run("listed.length") < whole, text
    search(browser, "surely nowhere")
    same(browser.run("byId('rows').classList.contains('empty')"), True, "nothing is listed")
    browser.run("byId('f-reset').click()")
    same(browser.run("listed.length"), whole, "all are listed again")


def ticks_by_keyboard(browser):
    go(browser, "#overview")
    go(browser, "#list?rule=missing-license")
    browser.run("document.activeElement.blur()")
    browser.press("/")
    browser.wait("document.activeElement === byId('f-text')")
    browser.run("rows.go(0, true)")
    browser.press("ArrowDown")
    same(browser.run("document.activeElement.dataset.at"), "1", "the arrow moves")
    browser.press("End")
    browser.press("Home")
    same(browser.run("document.activeElement.dataset.at"), "0", "to the first")
    browser.press("k")
    browser.wait("byId('tick-dialog').open")
    browser.call("Input.insertText", text="Agreed with the \"depositor\"")
    browser.run("byId('tick-kept').click()")
    browser.wait("!byId('tick-dialog').open")
    browser.wait("stateOf(listed[0]) === 'kept'")
    browser.press("Enter")
    browser.wait("document.querySelectorAll('#view-record .finding.kept').length === 1")
    browser.run("history.back()")
    browser.wait("!byId('view-list').hidden")


def keeps_and_exports(browser, folder, page, before):
    # One more by its mouse, one of two that an override cannot tell apart, one that is mended.
    browser.run("decide(findings.filter((finding) => (finding.record.id || '').includes('quote') && head.rules[finding.rule].name === 'missing-license'), KEPT, 'back\\\\slash')")
    twice = browser.run("findings.filter((finding) => (finding.record.id || '').endsWith('-7') && head.rules[finding.rule].name === 'invalid-doi').length")
    same(twice, 2, "two alike in one record")
    browser.run("decide([findings.find((finding) => (finding.record.id || '').endsWith('-7') && head.rules[finding.rule].name === 'invalid-doi')], KEPT, 'half')")
    browser.run("decide([findings.find((finding) => (finding.record.id || '').endsWith('-5'))], DONE, 'mended')")
    browser.open(page)
    same(browser.run("notes.size"), 4, "notes are kept")
    browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=folder)
    browser.run("byId('open-export').click()")
    browser.run("byId('export-save').click()")
    saved = f"{folder}/review-notes.toml"
    browser.wait("true")
    for _ in range(100):
        if os.path.exists(saved):
            break
        browser.run("new Promise((then) => setTimeout(then, 50))")
    with open(saved) as file:
        text = file.read()
    same(text, browser.run("byId('export-text').value"), "the saved text")
    silenced = browser.run("findings.filter((finding) => stateOf(finding) === KEPT && noteOf(finding) !== 'half').map((finding) => finding.print)")
    same(len(silenced), 2, "what is to be silenced")
    os.rename(saved, f"{folder}/reclint.toml")
    after, run = prints(folder)
    same(run.stderr, "", "the configuration is accepted, and each entry is of use")
    same(after, sorted(set(before) - set(silenced)), "exactly those are silenced")
    # Half is kept, and said not to be silenced; then the whole is.
    assert "Not silenced" in text and "invalid-doi" in text, text
    browser.run("localStorage.clear()")
    browser.open(page)
    same(browser.run("notes.size"), 0, "nothing is kept")
    root = browser.call("DOM.getDocument")["root"]["nodeId"]
    field = browser.call("DOM.querySelector", nodeId=root, selector="#import-file")["nodeId"]
    browser.call("DOM.setFileInputFiles", nodeId=field, files=[f"{folder}/reclint.toml"])
    browser.wait("notes.size === 4")
    same(browser.run("findings.filter((finding) => stateOf(finding) === KEPT).length"), 3, "kept ones are read again")
    same(browser.run("exportText('').text"), text, "what was read again is written as before")
    os.remove(f"{folder}/reclint.toml")
    browser.run("decide(findings, KEPT, 'all of it')")
    browser.run("byId('export-dialog').close()")
    with open(f"{folder}/reclint.toml", "w") as file:
        file.write(browser.run("exportText('none').text"))
    after, run = prints(folder)
    same(after, [], "all is silenced")
    os.remove(f"{folder}/reclint.toml")
    browser.run("decide(findings, null)")


def is_named_for_all(browser):
    """What can be operated has a name."""
    browser.call("Accessibility.enable")
    for fragment in ["#overview", "#list", "#record?number=3"]:
        go(browser, fragment)
        for node in browser.call("Accessibility.getFullAXTree")["nodes"]:
            role = node.get("role", {}).get("value")
            if role in ("button", "link", "combobox", "searchbox", "textbox", "table", "dialog") and not node.get("ignored"):
                assert node.get("name", {}).get("value", "").strip(), f"{fragment}: a {role} without a name"
    browser.call("Accessibility.disable")


def prints_and_fits(browser):
    for fragment, name in [("#overview", "overview"), ("#list", "list"), ("#record?number=2&finding=0", "record")]:
        for width, height in [(390, 844), (1400, 900)]:
            for dark in [False, True]:
                browser.size(width, height, dark)
                go(browser, fragment)
                same(browser.run("document.documentElement.scrollWidth <= innerWidth"), True, f"{name} fits into {width}")
                if PICTURES:
                    browser.picture(f"{PICTURES}/{name}-{width}-{'dark' if dark else 'light'}.png")
        browser.run("window.addEventListener('beforeprint', () => { window.rowsOnPaper = document.querySelectorAll('#printed tbody tr').length; }, { once: true })")
        paper = browser.paper()
        same(paper[:5], b"%PDF-", "it prints")
        if name == "list":
            same(browser.run("window.rowsOnPaper"), browser.run("findings.length"), "rows on paper")
        if PICTURES:
            with open(f"{PICTURES}/{name}.pdf", "wb") as file:
                file.write(paper)


def speaks_german(browser, folder):
    """With German labels no English word of the page is left; what rules say is English, and marked so."""
    with open(f"{folder}/reclint.toml", "w") as file:
        file.write('lang = "de"\n')
    check(folder, "--output-format", "html", "--output-file", "german.html", "records")
    os.remove(f"{folder}/reclint.toml")
    browser.open(f"{folder}/german.html")
    same(browser.run("document.documentElement.lang"), "de", "the language of the page")
    texts = """(() => {
      const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("[lang=en], script, template, code, kbd")) texts.push(walker.currentNode.data.trim());
      for (const one of document.body.querySelectorAll("[aria-label], [placeholder]")) texts.push(one.getAttribute("aria-label"), one.getAttribute("placeholder"));
      return texts.filter((text) => text && head.words[text] && head.words[text] !== text);
    })()"""
    for fragment in ["#overview", "#list", "#list?what=records", "#record?number=3"]:
        go(browser, fragment)
        same(browser.run(texts), [], f"English words left in {fragment}")
    same(browser.run("document.title.endsWith(' · reclint') && byId('to-list').textContent"), "Arbeitsliste", "the work list")
    go(browser, "#overview")
    assert "nicht bereit" in browser.run("byId('view-overview').textContent")
    go(browser, "#list")
    same(browser.run("document.querySelector('#rows .message').lang"), "en", "what a rule says is English")
    assert "Befunde" in browser.run("byId('count').textContent")


def tells_of_a_page_that_is_cut(browser, folder):
    """The list is there before the values are; where these do not come, it says so."""
    with open(f"{folder}/page.html") as file:
        whole = file.read()
    details = whole.rindex('<template class="details">')
    for number, end in enumerate([details, details + 200]):
        with open(f"{folder}/cut-{number}.html", "w") as file:
            file.write(whole[:end])
        browser.open(f"{folder}/cut-{number}.html")
        same(browser.run("real.length"), len(RECORDS) + 1, "records of a page that is cut")
        go(browser, "#record?number=0")
        browser.wait("byId('view-record').querySelector('[role=alert]')")
        said = browser.run("byId('view-record').textContent")
        assert "not whole" in said and "not given" not in said, said
        # What was found is there all the same, and the way on.
        at = browser.run("findings[0].record.number")
        go_to_record(browser, at)
        assert browser.run("findings[0].message") in browser.run("byId('view-record').textContent")
        same(browser.run("document.querySelectorAll('#view-record .toolbar a').length > 0"), True, "the way back")


def is_quick_with_many(browser, folder):
    """100,000 records: opened, searched, scrolled to the end."""
    with open(f"{folder}/many.ndjson", "w") as file:
        for number in range(100_000):
            one = record(number % 24, doi=f"10.5072/many-{number}", rightsList=None if number % 3 else [{"rights": "CC0"}], language=None)
            one["descriptions"][0]["description"] = f"{number} " + "Daily measurements at one alpine station, homogenised. " * 20
            file.write(json.dumps(one) + "\n")
    start = time.monotonic()
    check(folder, "--output-format", "html", "--output-file", "many.html", "many.ndjson")
    written = time.monotonic() - start
    # To be watched costs a browser time for each byte.
    browser.call("Network.disable")
    begun = time.monotonic()
    opened = browser.open(f"{folder}/many.html")
    same(browser.run("real.length"), 100_000, "records of the large page")

    def milliseconds(script):
        return browser.run(f"(() => {{ const start = performance.now(); {script}; return Math.round(performance.now() - start); }})()")

    # Its values may still be coming.
    go_to_record(browser, 99_999)
    shown = time.monotonic() - begun
    go(browser, "#list")
    search_time = milliseconds("setFilter({ text: 'many-77777' })")
    assert browser.run("listed.length") > 0
    end_time = milliseconds("setFilter({ text: '' }); rows.go(listed.length - 1, true)")
    same(browser.run("document.activeElement.dataset.at === String(listed.length - 1)"), True, "the last row is in sight")
    assert browser.run("document.querySelectorAll('#rows .row').length") < 100
    print(f"100,000 records: written in {written:.1f} s, {os.path.getsize(f'{folder}/many.html') / 1e6:.0f} MB, opened in {opened:.1f} s, the last record shown after {shown:.1f} s, "
          f"searched in {search_time} ms, scrolled to the end in {end_time} ms")


def main():
    path = found()
    if not path:
        print("no Chromium: the review page is not tested in a browser")
        return
    with tempfile.TemporaryDirectory(prefix="reclint-page-") as folder:
        os.mkdir(f"{folder}/records")
        with open(f"{folder}/records/some.ndjson", "w") as file:
            file.writelines(json.dumps(one) + "\n" for one in RECORDS)
        # What has no identifier can only be named by its file, whose name is no pattern.
        with open(f"{folder}/records/[odd] näme!.ndjson", "w") as file:
            file.write(json.dumps(record(8, doi=None, titles=None, prefix="10.5072")) + "\n{broken\n")
        page = f"{folder}/page.html"
        check(folder, "--output-format", "html", "--output-file", page, "records")
        before, run = prints(folder)
        browser = Browser(path)
        try:
            browser.size(1400, 900)
            browser.open(page)
            reads_what_was_found(browser, before, run)
            shows_markup_as_text(browser)
            filters_and_searches(browser)
            ticks_by_keyboard(browser)
            keeps_and_exports(browser, folder, page, before)
            is_named_for_all(browser)
            prints_and_fits(browser)
            speaks_german(browser, folder)
            tells_of_a_page_that_is_cut(browser, folder)
            if "--large" in sys.argv:
                is_quick_with_many(browser, folder)
            same(browser.complaints(), [], "complaints of the browser")
        finally:
            browser.close()
    print("the review page speaks German, opens, filters, searches, ticks off, exports, reads again, prints and fits")


if __name__ == "__main__":
    main()
