"""Texts that would do something in a plan, if a plan let them."""

from __future__ import annotations

import re

HOSTILE = (
    # Lists, ticks, headings, quotes, rules: whatever begins a line.
    "- [x] done", "- [ ] open", "* [x] done", "+ [x] done", "- x", "+ x", "* x", "-", "+", "---", "- - -", "***",
    "___", "===", "= =", "1. x", "1) x", "2026. x", "1.", "#", "# x", "## x", "> x", "> [!info] x", "> [!info]- x",
    "    code", "=======", "<<<<<<< HEAD", ">>>>>>> x",
    "x\n---", "x\n===", "x\n- [x] y", "x\n\n# y", "\tcode", "|a|b|", "a|b\n-|-", "|", "||||||| x",
    # Code, HTML, comments, entities.
    "```", "```js\nx\n```", "~~~", "`x`", "``x", "`", "`= this.file`", "`$= dv.pages()`", "$= dv", "\\`x`",
    "<script>alert(1)</script>", "<b>x</b>", "<div>", "</div>", "<img src=x onerror=y>", "<!--", "<!-- x -->", "-->",
    "<?php", "<![CDATA[", "<a@b.c>", "<https://x.org>", "<", ">", "%%", "%%x%%", "%", "%%% %", "% %",
    "%% vaultnet:end 2026-W48 v1 %%", "%%vaultnet:begin 2026-W48%%",
    "&lt;b&gt;", "&#x202e;x", "&#8238;", "&amp;", "&", "&nbsp;", "&ast;x&ast;", "&#42;x&#42;", "AT&T", "&copyx", "&#0;",
    # Templates, fields, queries, tasks.
    "<% tp.file.title %>", "<%* x %>", "<%+ x %>", "{{title}}", "{{{{x}}}}", "{% x %}", "{", "}", "= this.file",
    "[due:: 2026-01-01]", "(due:: 2026-01-01)", "due:: x", "::", ":::", "::::", ":", ": :", "📅:📅:",
    "📅 2026-01-01", "✅ 2026-01-01", "⏳ 2026-01-01 🔁 every day", "📅\ufe0f 2026-01-01", "🆔 x ⛔ y", "📅", "x 📅 2026-01-01 #task",
    "^vn-write-x", "x ^vn-write-x", "x ^abc", "^", "#tag", "x #tag", "#vn/skip", "#1", "＃tag",
    # Links, embeds, notes at the foot, addresses.
    "[[x]]", "[[x|y]]", "![[x]]", "![x](y.png)", "[a](b)", "[a](javascript:alert(1))", "[a]: http://x", "[a][b]", "[", "]", "(", ")",
    "[^1]", "^[note]", "[^1]: x", "\\[[x]]", "\\\\[[x]]", "]] [[y", "x](y.md)", "!", "x!", "\\", "\\\\", "x\\",
    "https://x.org/a_b", "obsidian://open?x", "HTTP://X.ORG", "http:📅//x.org", "www.x.org", "x@y.org", "mailto:x@y.org",
    "javascript:x", "file:///etc/passwd", "//x.org", "ht\u200btp://x",
    # Emphasis.
    "*x*", "**x**", "*", "x*", "_x_", "__x__", "___x___", "_", "x_", "__init__", "_a_b", "a_b_", "snake_case", "a__b__c", "~~x~~", "~x~", "~",
    "==x==", "==", "=", "$x$", "$$x$$", "$", '"', "'",
    # Characters that turn, hide or end things.
    "\u202ex", "\u2066x\u2069", "\u200b", "\u200f", "\ufeff", "\u061c", "\u206a", "\U000e0041", "\x1b[31mred", "\x9b31m", "\x00", "\x07", "\x08", "\x7f",
    "\r", "\r\n", "\n", "\n\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\ud800", "\ufdd0title\ufdd1", "\ufdd0", "\ufdd1", "\ufffe", "\u00a0", "\u3000",
    "   ", " x ", "A" * 300, "é", "e\u0301", "李伟", "🙂", "1\ufe0f\u20e3",
)  # fmt: skip
"""What people, plugins and attackers write; each does something somewhere."""

CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff\ufdd0-\ufdef]"
)
"""What must reach neither a plan nor a terminal: control and bidirectional characters and the like."""
