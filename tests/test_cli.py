"""The command line, in this process and as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from texts.text_files import docx, table

from annotator.cli import Desktop, Shot, WindowRequest, main
from annotator.cli.parser import language_of, verb_parser
from annotator.cli.verbs import VERBS
from annotator.core.messages import LANGUAGES, catalog, speak
from annotator.core.resources import resource, sample_projects
from annotator.extend import exporters
from annotator.services.dismissing import dismiss
from annotator.services.opening import open_project

ROOT = Path(__file__).parent.parent
TEXT = """山脚下的面馆
早上6点，老何开始揉面。他说：“水要慢慢加。”
店里只有4张桌子。
The Noodle Shop at the Foot of the Hill
At 6 in the morning Old He begins to knead. “Add the water slowly,” he says.
The shop has only 4 tables.
欢迎扫码关注公众号
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    yield
    speak("en")


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command here; exit code, standard output, standard error."""

    def call(*arguments: object, desktop: Desktop | None = None) -> tuple[int, str, str]:
        code = main([str(one) for one in arguments], desktop)
        out, err = capfd.readouterr()
        return code, out, err

    return call


@pytest.fixture
def project(tmp_path: Path, run: Run) -> Path:
    """A project with one imported text."""
    folder, text = tmp_path / "noodles", tmp_path / "shop.txt"
    text.write_text(TEXT, encoding="utf-8")
    assert run("new", folder, "--title", "Noodles", "--annotator", "mei")[0] == 0
    assert run("import", folder, text, "--annotator", "mei")[0] == 0
    return folder


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "annotator", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_from_nothing_to_an_export_as_a_program(tmp_path: Path) -> None:
    text, folder, out = tmp_path / "shop.txt", tmp_path / "p", tmp_path / "out.json"
    text.write_bytes(TEXT.replace("\n", "\r\n").encode("gb18030"))
    for arguments in (
        ("new", folder),
        ("import", folder, text),
        ("export", folder, "--format", "json", "--out", out, "--pretty"),
        ("check", folder),
    ):
        done = program(*arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    content = json.loads(out.read_text(encoding="utf-8"))
    schema = json.loads(resource("schema", "bitext-export-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(content)
    (document,) = content["documents"]
    assert [pair["role"] for pair in document["pairs"]] == ["title", "text", "text", "text"]


def test_standard_input_and_output_make_a_pipe(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    program("new", folder)
    fed = subprocess.run(
        [sys.executable, "-m", "annotator", "import", str(folder), "-"],
        cwd=ROOT, input=TEXT.encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert fed.returncode == 0
    done = program("export", folder, "--format", "jsonl", "--out", "-", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["row"] for line in lines] == [1, 2, 3, 4]


def test_no_verb_needs_qt(project: Path, tmp_path: Path) -> None:
    folder, out = str(project), str(tmp_path / "out")
    commands = [
        ["stats", folder],
        ["check", folder],
        ["align", folder],
        ["labels", folder],
        ["formats"],
        ["export", folder, "--format", "conll", "--out", out],
        ["tour", "--out", str(tmp_path / "tour")],
    ]
    script = (
        "import sys; sys.modules['PySide6'] = None\n"
        f"from annotator.cli import main; sys.exit(sum(main(one) for one in {commands!r}))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_import_says_what_it_made_of_the_text(tmp_path: Path, run: Run) -> None:
    text = tmp_path / "shop.txt"
    text.write_text(TEXT, encoding="utf-8")
    run("new", tmp_path / "p")
    code, out, _ = run("import", tmp_path / "p", text, "--json", "--title", "Shop")
    (document,) = json.loads(out)["documents"]
    assert code == 0
    assert (document["id"], document["title"], document["pairs"]) == ("shop", "Shop", 4)
    assert document["set_aside"] == [{"line": 7, "text": "欢迎扫码关注公众号"}]
    assert document["arrangement"] == "blocks"


def test_the_preview_of_an_import_stores_nothing(tmp_path: Path, run: Run) -> None:
    text = tmp_path / "shop.txt"
    text.write_text(TEXT, encoding="utf-8")
    code, out, _ = run("import", tmp_path / "none", text, "--preview", "--json")
    assert code == 0
    (document,) = json.loads(out)["documents"]
    assert [line["role"] for line in document["lines"]] == [
        "title-zh", "zh", "zh", "title-en", "en", "en", "aside",
    ]  # fmt: skip
    assert not (tmp_path / "none").exists()


def test_if_one_file_cannot_be_imported_none_is(project: Path, tmp_path: Path, run: Run) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(TEXT, encoding="utf-8")
    bad.write_bytes("门开了。\n".encode() + b"The \x00 door.")
    before = sorted(path.name for path in (project / "docs").iterdir())
    code, out, err = run("import", project, good, bad, "--annotator", "mei")
    assert (code, out) == (3, "")
    assert "bad.txt" in err
    assert sorted(path.name for path in (project / "docs").iterdir()) == before


def test_of_a_folder_what_can_be_imported_is_and_the_rest_is_told(
    project: Path, tmp_path: Path, run: Run
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "snow.zh.txt").write_text("雪停了。\n他来了。\n", encoding="utf-8")
    page = "<p>The snow stopped.</p><p>He came.</p>"
    (corpus / "snow.en.html").write_text(page, encoding="utf-8")
    (corpus / "torn.docx").write_bytes(b"PK\x03\x04torn")
    code, out, _ = run("import", project, corpus, "--annotator", "mei", "--json")
    assert code == 1
    record = json.loads(out)
    assert [document["files"] for document in record["documents"]] == [["snow.zh.txt", "snow.en.html"]]
    assert [one["file"] for one in record["failed"]] == ["torn.docx"]
    assert (project / "docs" / "snow.json").exists()
    code, out, err = run("import", project, corpus, "--annotator", "mei")
    assert (code, "torn.docx" in err) == (1, True)
    assert run("import", project, corpus, "--title", "One")[0] == 3


def test_a_table_of_a_word_document_comes_in_as_pairs(project: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "snow.docx"
    path.write_bytes(docx(table([("雪停了。", "The snow stopped."), ("他来了。", "He came.")])))
    code, out, _ = run("import", project, path, "--annotator", "mei", "--json")
    assert code == 0
    (document,) = json.loads(out)["documents"]
    assert (document["arrangement"], document["pairs"]) == ("table", 2)


def test_options_may_stand_among_the_files(project: Path, tmp_path: Path, run: Run) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    for path in (one, two):
        path.write_text(TEXT, encoding="utf-8")
    code, out, err = run("import", project, "--json", one, "--annotator", "mei", two)
    assert code == 0, err
    assert len(json.loads(out)["documents"]) == 2
    assert run("import", project, "--lang", "zh", one, "--preview")[0] == 0
    assert run("import", "--nonsense", project, one)[0] == 2


def test_without_standard_input_there_is_no_text_to_import(project: Path) -> None:
    script = "import sys; from annotator.cli import main; sys.stdin = None; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", script, "import", str(project), "-", "--annotator", "mei"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr


def test_json_is_json_in_every_encoding(tmp_path: Path) -> None:
    for encoding in ("ascii", "gb2312", "utf-8"):
        done = subprocess.run(
            [sys.executable, "-m", "annotator", "new", tmp_path / encoding, "--title", "廊坊 𠮷", "--json"],
            cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=False,
        )  # fmt: skip
        assert json.loads(done.stdout.decode(encoding))["title"] == "廊坊 𠮷", done.stderr


@pytest.mark.skipif(
    not Path("/dev/full").is_char_device(), reason="only Linux has a disk that is always full"
)
@pytest.mark.parametrize(
    "arguments", [("stats",), ("check", "--json"), ("export", "--format", "json", "--out", "-")]
)
def test_output_that_cannot_be_written_is_said(project: Path, arguments: Sequence[str]) -> None:
    verb, *flags = arguments
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "annotator", verb, str(project), *flags],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 3
    assert b"Standard output" in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are other things there")
def test_a_reader_that_goes_away_is_no_mistake(project: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "annotator", "stats", str(project)],
        cwd=ROOT, stdout=write, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(write)
    assert (done.returncode, done.stderr) == (3, b"")


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (("import", "{p}"), "error.import_nothing"),
        (("import", "{p}", "none.txt"), "error.import_missing"),
        (("export", "{p}", "--format", "json", "--out", "none/x"), "error.export_write"),
        (("export", "{p}", "--format", "json", "--out", "x", "--document", "none"), "error.no_document"),
        (("stats", "nowhere"), "error.not_a_project"),
        (("new", "{p}"), "error.project_exists"),
        (("new", "{p}/project.json"), "error.folder_is_file"),
        (("new", "{p}/project.json/x"), "error.folder_is_file"),
        (("export", "{p}", "--format", "json", "--out", "{p}/project.json"), "error.export_own"),
        (("export", "{p}", "--format", "json", "--out", "{p}/docs/../docs/shop.json"), "error.export_own"),
        (("align", "{p}", "none"), "error.no_document"),
        (("align", "{p}", "--model", "{p}"), "error.model_missing"),
        (("screenshot", "{p}", "--out", "x.png"), "error.no_window"),
    ],
)
def test_expected_failures_are_sentences_with_exit_code_three(
    project: Path, run: Run, arguments: Sequence[str], key: str
) -> None:
    code, out, err = run(*(one.replace("{p}", str(project)) for one in arguments), "--json")
    assert code == 3
    assert json.loads(out)["error"]["key"] == key
    assert "Traceback" not in err
    assert err.strip() == json.loads(out)["error"]["message"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "p"),
        ("nonsense-option", "--x"),
        ("screenshot", "p", "--out", "x", "--size", "huge"),
        ("new",),
        ("new", ""),
    ],
)
def test_wrong_usage_is_exit_code_two(run: Run, arguments: Sequence[str]) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert "usage" in err
    code, out, _ = run(*arguments, "--json")
    assert code == 2
    if arguments[0] in VERBS:
        assert json.loads(out)["error"]["key"] == "error.usage"


def test_a_mistake_of_the_program_leaves_a_log_and_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(VERBS, "formats", broken)
    code, _, err = run("formats")
    assert code == 4
    assert "Traceback" not in err
    log = Path(err.strip().rpartition(" ")[2])
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_check_names_file_and_line_and_says_so_by_its_exit_code(project: Path, run: Run) -> None:
    assert run("check", project, "--json")[0] == 0
    (path,) = (project / "docs").iterdir()
    path.write_text(path.read_text(encoding="utf-8").replace("[[0,6]]", "[[0,5]]"), encoding="utf-8")
    code, out, _ = run("check", project, "--json")
    result = json.loads(out)
    assert (code, result["ok"]) == (1, False)
    assert set(result["problems"][0]) >= {"file", "line", "severity", "message"}
    assert result["problems"][0]["file"] == f"docs/{path.name}"
    said = run("check", project)[1]
    assert {line.count(f"docs/{path.name}") for line in said.splitlines()} <= {0, 1}


def test_check_looks_for_likely_mistakes_in_what_a_project_says(tmp_path: Path, run: Run) -> None:
    folder, text = tmp_path / "ferry", tmp_path / "ferry.txt"
    text.write_text(
        "渡口\n船上有15个人。\n雨停了。\nThe Ferry\nThere were 50 people aboard.\nThe rain stopped.\n",
        "utf-8",
    )
    run("new", folder, "--annotator", "mei")
    run("import", folder, text, "--annotator", "mei")
    code, out, _ = run("check", folder, "--language", "--json", "--annotator", "mei")
    result = json.loads(out)
    (problem,) = result["documents"][0]["problems"]
    assert (code, result["ok"], problem["kind"], problem["severity"]) == (1, False, "numbers", "warning")
    assert [(place["side"], place["quote"]) for place in problem["places"]] == [("zh", "15"), ("en", "50")]
    said = run("check", folder, "--kind", "numbers")[1]
    assert "15" in said
    assert "50" in said
    code, said, _ = run("check", folder, "--language", "--kind", "edges")
    assert (code, said.strip()) == (0, "No problems found.")
    assert run("check", folder)[0] == 0


def test_dismissed_mistakes_do_not_count(tmp_path: Path, run: Run) -> None:
    folder, text = tmp_path / "ferry", tmp_path / "ferry.txt"
    text.write_text("渡口\n船上有15个人。\nThe Ferry\nThere were 50 people aboard.\n", encoding="utf-8")
    run("new", folder, "--annotator", "mei")
    run("import", folder, text, "--annotator", "mei")
    opened = open_project(folder, annotator="mei")
    document = opened.session.document(opened.session.document_ids[0])
    key = json.loads(run("check", folder, "--language", "--json")[1])["documents"][0]["problems"][0]["key"]
    opened.session.do(dismiss(document, [key], by="mei"))
    opened.store.save(opened.session.state())
    opened.store.close()
    code, out, _ = run("check", folder, "--language", "--json", "--annotator", "mei")
    assert (code, json.loads(out)["dismissed"]) == (0, 1)


def test_every_sample_can_be_counted_checked_and_exported(tmp_path: Path, run: Run) -> None:
    schemas = {
        name: json.loads(resource("schema", f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in ("bitext-export-1", "bitext-pair-1")
    }
    for sample in sorted(path.parent for path in sample_projects().glob("*/project.json")):
        assert run("check", sample)[0] == 0
        counts = json.loads(run("stats", sample, "--json")[1])["total"]
        out = tmp_path / "out"
        assert run("export", sample, "--format", "json", "--out", out)[0] == 0
        content = json.loads(out.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schemas["bitext-export-1"]).validate(content)
        spans = sum(len(document["spans"]) for document in content["documents"])
        assert spans == counts["spans"]["zh"] + counts["spans"]["en"] > 0
        assert run("export", sample, "--format", "jsonl", "--out", out)[0] == 0
        validator = jsonschema.Draft202012Validator(schemas["bitext-pair-1"])
        for line in out.read_text(encoding="utf-8").splitlines():
            validator.validate(json.loads(line))


def test_the_report_of_an_export_says_what_could_not_be_expressed(tmp_path: Path, run: Run) -> None:
    sample = sample_projects() / "readout"
    code, out, err = run("export", sample, "--format", "conll", "--out", tmp_path / "o", "--unit", "word")
    assert code == 0
    assert "left out" in err
    _, out, err = run("export", sample, "--format", "conll", "--out", tmp_path / "o", "--json")
    report = json.loads(out)
    assert {"key", "count", "example", "message"} == set(report["losses"][0])
    assert err == ""


def test_options_of_a_format_are_flags(project: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "o"
    flags = ("--scheme", "bioes", "--side", "zh", "--no-comments")
    assert run("export", project, "--format", "conll", "--out", out, *flags)[0] == 0
    assert "#" not in out.read_text(encoding="utf-8")
    assert run("export", project, "--format", "json", "--out", out, "--scheme", "bio")[0] == 2


def test_align_puts_a_spoilt_alignment_right(project: Path, run: Run) -> None:
    code, out, _ = run("align", project, "--json", "--annotator", "mei")
    assert code == 0
    assert json.loads(out)["documents"] == [{"id": "shop", "pairs": 4, "changed": 0}]


def test_a_project_that_is_open_elsewhere_is_not_written_to(project: Path, tmp_path: Path, run: Run) -> None:
    text = tmp_path / "more.txt"
    text.write_text(TEXT, encoding="utf-8")
    held = open_project(project, annotator="mei")
    try:
        code, _, err = run("import", project, text, "--annotator", "mei")
    finally:
        held.store.close()
    assert code == 3
    assert err
    assert not (project / "docs" / "more.json").exists()


def test_the_window_is_asked_for_without_a_verb(project: Path, run: Run) -> None:
    asked: list[WindowRequest] = []

    def opened(request: WindowRequest) -> int:
        asked.append(request)
        return 7

    desktop = Desktop(opened, lambda _: None)
    assert run(project, "--theme", "dark", "--size", "800x600", desktop=desktop)[0] == 7
    assert run("--sample", "news", "--lang", "zh", desktop=desktop)[0] == 7
    assert run(desktop=desktop)[0] == 7
    assert asked == [
        WindowRequest(path=project, theme="dark", size=(800, 600)),
        WindowRequest(sample="news", lang="zh"),
        WindowRequest(),
    ]
    assert run("no-such-folder", desktop=desktop)[0] == 3


def test_a_screenshot_passes_its_options_on(project: Path, tmp_path: Path, run: Run) -> None:
    taken: list[Shot] = []
    desktop = Desktop(lambda _: 0, taken.extend)
    out = tmp_path / "a.png"
    flags = ("--size", "900x700", "--theme", "dark", "--scale", "2", "--document", "shop")
    assert run("screenshot", project, "--out", out, *flags, "--lang", "zh", desktop=desktop)[0] == 0
    assert taken == [
        Shot(project=project, out=out, size=(900, 700), theme="dark", lang="zh", document="shop", scale=2.0)
    ]


def test_the_tour_annotates_links_and_exports_the_sample(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "tour"
    code, out, _ = run("tour", "--out", folder, "--json")
    record = json.loads(out)
    assert code == 0
    assert record["spans"] > 50
    assert record["links"] > 20
    assert {Path(one).name for one in record["exports"]} >= {"readout.json", "readout.jsonl", "readout.conll"}
    assert len(set(record["exports"])) == sum(one.needs is None for one in exporters().values())
    assert run("check", folder / "project")[0] == 0
    assert run("tour", "--out", folder, "--json")[0] == 0


def test_the_tour_never_clears_a_folder_of_somebody_else(tmp_path: Path, run: Run) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "thesis.txt").write_text("mine", encoding="utf-8")
    assert run("tour", "--out", tmp_path)[0] == 3
    assert (tmp_path / "project" / "thesis.txt").exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_suffices_in_both_languages(run: Run, verb: str, language: str) -> None:
    arguments = [verb, "--help", "--lang", language] if verb else ["--help", "--lang", language]
    code, out, _ = run(*arguments)
    assert code == 0
    assert "cli." not in out
    assert catalog(language)["cli.usage"].strip() in out
    if not verb:
        assert all(name in out for name in VERBS)


def test_help_of_an_export_lists_the_options_of_its_format(run: Run) -> None:
    _, out, _ = run("export", "p", "--format", "conll", "--help")
    assert "--scheme {bio,bioes,bmes,conll2003}" in out
    _, out, _ = run("export", "--help")
    assert "jsonl" in out


def test_the_language_follows_the_environment_unless_told() -> None:
    assert language_of([], {"LANG": "zh_CN.UTF-8"}) == "zh"
    assert language_of([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}) == "en"
    assert language_of(["stats", "--lang", "en"], {"LANG": "zh_CN.UTF-8"}) == "en"
    assert language_of(["--lang=zh"], {}) == "zh"
    assert language_of([], {}) == "en"


def test_failures_speak_the_language_of_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    _, _, err = run("stats", "nowhere")
    assert any("\u4e00" <= char <= "\u9fff" for char in err)
    _, _, err = run("export", "p")
    assert "缺少" in err


def test_formats_and_version_for_machines(run: Run) -> None:
    names = [one["name"] for one in json.loads(run("formats", "--json")[1])["formats"]]
    assert names == sorted(names)
    assert {"json", "jsonl", "conll"} <= set(names)
    assert set(json.loads(run("version", "--json")[1])) == {"annotator", "python"}
    assert run("--version")[1].startswith("Annotator ")


def test_labels_are_listed_with_their_keys(project: Path, run: Run) -> None:
    labels = json.loads(run("labels", project, "--json")[1])["labels"]
    assert [one["id"] for one in labels][:4] == ["PERSON", "PLACE", "DATE", "THEME"]


def test_every_verb_has_a_parser() -> None:
    for verb in VERBS:
        assert verb_parser(verb).prog == f"annotator {verb}"


def test_asking_for_the_window_imports_nothing_that_only_verbs_need() -> None:
    script = (
        "import sys\n"
        "from annotator.cli import Desktop, main\n"
        "code = main(['--lang', 'en'], Desktop(lambda _: 0, lambda _: None))\n"
        "print([one for one in ('annotator.services', 'annotator.extend', 'msgspec') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
