"""A repository in which everything that can name a program names one that leaves a mark."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from keeping import commit, environ, git, start, write

HOOKS = """applypatch-msg pre-applypatch post-applypatch pre-commit pre-merge-commit prepare-commit-msg
commit-msg post-commit pre-rebase post-checkout post-merge pre-push pre-receive update proc-receive
post-receive post-update reference-transaction push-to-checkout pre-auto-gc post-rewrite
sendemail-validate fsmonitor-watchman post-index-change""".split()

PROGRAMS = """core.fsmonitor core.pager core.editor core.sshCommand core.askPass core.gitProxy
core.alternateRefsCommand diff.external diff.trap.command diff.trap.textconv filter.trap.clean
filter.trap.smudge filter.trap.process merge.trap.driver mergetool.trap.cmd difftool.trap.cmd
gpg.program gpg.ssh.program gpg.x509.program gpg.ssh.defaultKeyCommand credential.helper sequence.editor
uploadpack.packObjectsHook remote.origin.uploadpack remote.origin.receivepack interactive.diffFilter
pager.rev-list pager.rev-parse pager.diff-tree pager.cat-file pager.log web.browser browser.trap.cmd
man.trap.cmd trailer.trap.command trailer.trap.cmd sendemail.toCmd init.templateDir imap.tunnel
receive.procReceiveRefs ssh.variant submodule.sub.update""".split()

OTHERS = {
    "core.bare": "false",
    "log.showSignature": "true",
    "log.diffMerges": "on",
    "diff.renames": "copies",
    "diff.trap.xfuncname": "(",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "protocol.file.allow": "always",
    "extensions.partialClone": "origin",
    "remote.origin.promisor": "true",
    "remote.origin.vcs": "ext",
    "fetch.recurseSubmodules": "true",
    "submodule.recurse": "true",
    "submodule.fetchJobs": "4",
    "gc.auto": "1",
    "gc.autoDetach": "false",
    "maintenance.auto": "true",
    "safe.bareRepository": "all",
    "safe.directory": "*",
    "core.repositoryFormatVersion": "1",
}

ATTRIBUTES = "* filter=trap diff=trap merge=trap working-tree-encoding=trap ident eol=crlf\n"


def set_traps(root: Path, marks: Path) -> None:
    """Let everything in a repository that can name a program name one that leaves a mark."""

    def trap(name: str) -> Path:
        place = marks.parent / "traps" / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(f'#!/bin/sh\ntouch "{marks / name}"\n')
        place.chmod(0o700)
        return place

    marks.mkdir(exist_ok=True)
    hooks = root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        (hooks / name).symlink_to(trap(f"hook-{name}"))
    settings = {name: str(trap(name)) for name in PROGRAMS}
    commands = ("rev-parse", "rev-list", "diff-tree", "cat-file", "ls-tree", "fetch", "status")
    settings |= {f"alias.{name}": f"!{trap(f'alias-{name}')}" for name in commands}
    settings |= {"remote.origin.url": f"ext::{trap('remote-ext')}", **OTHERS}
    settings["core.hooksPath"] = str(hooks)
    settings["core.attributesFile"] = str(root / ".gitattributes")
    more = marks.parent / "more.config"
    config = root / ".git/config"
    for name, value in settings.items():
        section, _, key = name.rpartition(".")
        part, _, sub = section.partition(".")
        head = f'[{part} "{sub}"]' if sub else f"[{part}]"
        with more.open("a") as file:
            file.write(f'{head}\n\t{key} = "{value}"\n')
    with config.open("a") as file:
        file.write(f"[include]\n\tpath = {more}\n")
    (root / ".git/info").mkdir(exist_ok=True)
    write(root, {".gitattributes": ATTRIBUTES, ".git/info/attributes": ATTRIBUTES})
    write(root, {"bin/git": trap("a-git-in-the-vault").read_text()})
    (root / "bin/git").chmod(0o700)


def trapped_environ(root: Path, marks: Path) -> dict[str, str]:
    """Give an environment in which every variable is a trap as well."""
    traps = marks.parent / "traps"
    names = """GIT_EXTERNAL_DIFF GIT_PAGER GIT_EDITOR GIT_ASKPASS GIT_SSH GIT_SSH_COMMAND GIT_PROXY_COMMAND
    GIT_SEQUENCE_EDITOR PAGER EDITOR SSH_ASKPASS""".split()
    for name in names:
        (traps / name).write_text(f'#!/bin/sh\ntouch "{marks / name}"\n')
        (traps / name).chmod(0o700)
    files = "GIT_TRACE GIT_TRACE2 GIT_TRACE2_EVENT GIT_TRACE_PACKET GIT_TRACE_SETUP GIT_TRACE_PERFORMANCE"
    path = os.pathsep.join((".", "bin", str(root / "bin"), os.environ["PATH"]))
    return {
        **environ(root.parent),
        **{name: str(traps / name) for name in names},
        **{name: str(marks / name) for name in files.split()},
        "PATH": path,
        "GIT_DIR": str(root.parent / "elsewhere.git"),
        "GIT_WORK_TREE": str(root.parent),
        "GIT_INDEX_FILE": str(marks / "index"),
        "GIT_OBJECT_DIRECTORY": str(marks / "objects"),
        "GIT_EXEC_PATH": str(root / "bin"),
        "GIT_ALLOW_PROTOCOL": "ext:file",
        "GIT_NO_LAZY_FETCH": "0",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "alias.x",
        "GIT_CONFIG_VALUE_0": f"!{traps / 'alias-fetch'}",
        "GIT_CONFIG_PARAMETERS": "'core.fsmonitor'='x'",
        "GIT_CONFIG_GLOBAL": str(root.parent / "more.config"),
    }


def trapped(tmp_path: Path) -> tuple[Path, Path]:
    """Make a vault of five notes, in a repository in which all is a trap."""
    root, marks = start(tmp_path / "vault"), tmp_path / "marks"
    notes = {f"People/{name}.md": f"{name}\n" * 9 for name in ("Ada", "Bo", "Cy", "Di", "Ed")}
    commit(root, date(2026, 11, 23), notes)
    git(root, "mv", "People/Ada.md", "People/Ada Lovelace.md")
    commit(
        root,
        date(2026, 11, 23),
        {"People/Ada Lovelace.md": "Ada\n" * 9 + "!", "People/Bo.md": None},
    )
    write(root, {"People/Cy.md": "not committed"})
    set_traps(root, marks)
    return root, marks


def marked(marks: Path) -> set[str]:
    """Name the traps that were set off."""
    return {mark.name for mark in marks.iterdir()}


def snapshot(root: Path) -> dict[str, tuple[int, bytes]]:
    """Take down every file of a folder, git's own included."""
    return {
        str(place): (place.lstat().st_mtime_ns, place.read_bytes())
        for place in sorted(root.rglob("*"))
        if place.is_file()
    }
