"""What people write is shown as they meant it, and nothing in it can run, load or grow out of proportion."""

import time
from html.parser import HTMLParser
from itertools import product

import pytest

from apropos_service.threads.text import LIMIT, SHORT, render

TAGS = {
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input", "li", "ol", "p", "pre", "s",
    "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "target", "rel"}, "code": {"class"}, "input": {"type", "checked", "disabled"}, "li": {"class"},
    "ol": {"start"}, "span": {"class", "data-person", "data-group"}, "td": {"align"}, "th": {"align"},
    "mention": {"person", "group"},
}  # fmt: skip


class Elements(HTMLParser):
    """Every start tag with its attributes, as a browser would see them; comments and declarations are elements too."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.found.append(("comment", {"data": data}))

    handle_decl = handle_pi = unknown_decl = handle_comment


def walk(nodes):
    for node in nodes:
        if not isinstance(node, str):
            tag, attributes, *children = node
            yield tag, attributes
            yield from walk(children)


def assert_harmless(rendered):
    for tag, attributes in [*Elements(rendered.html).found, *walk(rendered.nodes)]:
        assert tag in TAGS | {"mention"}
        assert attributes.keys() <= ATTRIBUTES.get(tag, set())
        if tag == "a":  # an address that no browser could open loses its href
            assert attributes.get("href", "https://").lower().startswith(("http://", "https://", "mailto:"))
            assert attributes["target"] == "_blank"
            assert attributes["rel"] == "noopener noreferrer nofollow"
        if tag == "input":
            assert attributes["type"] == "checkbox"
            assert "disabled" in attributes


SHOWN = {
    "plain": "<p>plain</p>",
    "a\nb": "<p>a<br>b</p>",
    "a\n\nb": "<p>a</p><p>b</p>",
    "**a** *b* ~~c~~ `d`": "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>",
    "# a\n\n> b\n\n---": "<h1>a</h1><blockquote><p>b</p></blockquote><hr>",
    "1 < 2 & 3 > 2": "<p>1 &lt; 2 &amp; 3 &gt; 2</p>",
    "- a\n- b": "<ul><li>a</li><li>b</li></ul>",
    "3. a\n\n   b": '<ol start="3"><li><p>a</p><p>b</p></li></ol>',
    "- [ ] a\n- [x] b": '<ul><li class="ap-task"><input type="checkbox" disabled=""> a</li>'
    '<li class="ap-task"><input type="checkbox" disabled="" checked=""> b</li></ul>',
    "|a|b|\n|:-:|-|\n|1|2|": '<table><thead><tr><th align="center">a</th><th>b</th></tr></thead>'
    '<tbody><tr><td align="center">1</td><td>2</td></tr></tbody></table>',
    "```Python x\n<b>\n```": '<pre><code class="language-python">&lt;b&gt;\n</code></pre>',
    "```on\u0441lick=x\nb\n```": "<pre><code>b\n</code></pre>",
    "    indented": "<pre><code>indented\n</code></pre>",
    "<b>x</b>": "<p>&lt;b&gt;x&lt;/b&gt;</p>",
    "see plan.md, notes.py and node.js": "<p>see plan.md, notes.py and node.js</p>",
    "a @ b and @ada": "<p>a @ b and @ada</p>",
    "[a]() ![b]()": "<p>a b</p>",
    "[a](/b) [c](#d)": "<p>[a](/b) [c](#d)</p>",
}
LINKED = {
    "https://a.example/b?c=1&d=2": ("https://a.example/b?c=1&d=2", "https://a.example/b?c=1&d=2"),
    "(see https://a.example/b).": ("https://a.example/b", "https://a.example/b"),
    "请看https://a.example": ("https://a.example", "https://a.example"),
    "www.a.example": ("http://www.a.example", "www.a.example"),
    "write to ada@a.com": ("mailto:ada@a.com", "ada@a.com"),
    "<https://a.example>": ("https://a.example", "https://a.example"),
    "<mailto:ada@a.com>": ("mailto:ada@a.com", "mailto:ada@a.com"),
    "[b](HTTPS://a.example)": ("HTTPS://a.example", "b"),
    "[b]\n\n[b]: https://a.example": ("https://a.example", "b"),
    "![b](https://a.example/b.png)": ("https://a.example/b.png", "b"),
    "![](https://a.example/b.png)": ("https://a.example/b.png", "https://a.example/b.png"),
    "[![b](https://a.example/b.png)](https://a.example)": ("https://a.example", "b"),
    "![[b](https://b.example)](https://a.example)": ("https://a.example", "b"),
}


@pytest.mark.parametrize("body", SHOWN)
def test_a_body_is_shown_as_written(body):
    rendered = render(body)

    assert rendered.html == SHOWN[body]
    assert_harmless(rendered)


@pytest.mark.parametrize("body", LINKED)
def test_addresses_and_images_are_links_that_open_elsewhere(body):
    href, label = LINKED[body]
    rendered = render(body)
    links = [node for node in rendered.nodes[0] if isinstance(node, list) and node[0] == "a"]

    assert [(link[1]["href"], link[2]) for link in links] == [(href, label)]
    assert_harmless(rendered)


def test_the_tree_says_the_same_as_the_html():
    box = ["input", {"type": "checkbox", "disabled": True, "checked": True}]

    assert render("Hi **you**\n\n- [x] *b*").nodes == [
        ["p", {}, "Hi ", ["strong", {}, "you"]],
        ["ul", {}, ["li", {"class": "ap-task"}, box, " ", ["em", {}, "b"]]],
    ]


MENTIONED = {
    "<@ada>": ("ada",),
    "hi <@ada>, <@bo@x.com> and <@ada>": ("ada", "bo@x.com"),
    "<@group:eng team> <@ada>": ("group:eng team", "ada"),
    "<@李雷> <@a'b\"c&d> <@a*b*c_d_>": ("李雷", "a'b\"c&d", "a*b*c_d_"),
    "<@https://a.example/u/7>": ("https://a.example/u/7",),
    "- **<@ada>**\n\n|<@bo>|\n|-|": ("ada", "bo"),
    "[<@ada>](https://a.example) ![<@bo>](https://a.example)": ("ada", "bo"),
    f"<@{'x' * 128}>": ("x" * 128,),
    f"<@{'x' * 129}>": (),
    f"<@group:{'x' * 128}>": (f"group:{'x' * 128}",),
    f"<@group:{'x' * 129}>": (),
    "`<@ada>` ``<@bo>``": (),
    "```\n<@ada>\n```\n\n    <@bo>": (),
    "\\<@ada> &lt;@bo&gt; <@ <@> <@group:> <@ cy> <@cy >": (),
    "<@a\nb> <@a\tb> <@a\x7fb> <@a\x85b>": (),
}


@pytest.mark.parametrize("body", MENTIONED, ids=ascii)
def test_mentions_are_each_named_once_and_not_in_code(body):
    rendered = render(body)

    assert rendered.mentions == MENTIONED[body]
    assert_harmless(rendered)


def test_a_mention_is_a_span_and_a_node():
    rendered = render('<@a"b<c> <@group:eng>')

    assert rendered.html == (
        '<p><span class="ap-mention" data-person="a&quot;b&lt;c">@a"b&lt;c</span> '
        '<span class="ap-mention" data-group="eng">@eng</span></p>'
    )
    assert rendered.nodes == [["p", {}, ["mention", {"person": 'a"b<c'}], " ", ["mention", {"group": "eng"}]]]


MARKUP = """
<script>alert(1)</script>
<ScRiPt src=//evil.example></sCrIpT>
<img src=x onerror=alert(1)>
<img src=`x` onerror=alert(1)>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg/onload=alert(1)//
<svg><animate onbegin=alert(1) attributeName=x></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>
<math href="javascript:alert(1)">x</math>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>">
<object data="javascript:alert(1)">
<embed src="javascript:alert(1)">
<a href="javascript:alert(1)">x</a>
<a href=" &#14; javascript:alert(1)">x</a>
<body onload=alert(1)>
<details open ontoggle=alert(1)>
<video><source onerror=alert(1)>
<audio src=x onerror=alert(1)>
<input autofocus onfocus=alert(1)>
<select autofocus onfocus=alert(1)>
<textarea autofocus onfocus=alert(1)>
<marquee onstart=alert(1)>
<form action="javascript:alert(1)"><button>x</button></form>
<button formaction="javascript:alert(1)">x</button>
<isindex action="javascript:alert(1)">
<link rel=stylesheet href=//evil.example>
<style>@import '//evil.example'</style>
<base href=//evil.example>
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<div style="background:url(javascript:alert(1))">x</div>
<p style="position:fixed;inset:0">x</p>
<table background="javascript:alert(1)">
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<template><script>alert(1)</script></template>
<xmp><img src=x onerror=alert(1)></xmp>
<plaintext><img src=x onerror=alert(1)>
<!--><img src=x onerror=alert(1)>-->
<!-- --!><img src=x onerror=alert(1)>
<![CDATA[<img src=x onerror=alert(1)>]]>
<?xml version="1.0"?><script>alert(1)</script>
<!DOCTYPE x [<!ENTITY y "z">]>
<<script>alert(1)//<</script>
<script\x00>alert(1)</script>
<img\x0csrc=x\x0conerror=alert(1)>
</p><script>alert(1)</script>
</code></pre><script>alert(1)</script>
"><script>alert(1)</script>
'><img src=x onerror=alert(1)>
--><script>alert(1)</script>
]]><script>alert(1)</script>
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;
&#x3c;img src=x onerror=alert(1)&#x3e;
<custom-element onclick=alert(1)>
<span class="ap-mention" data-person="x" onclick=alert(1)>x</span>
<x onclick=alert(1)>x
\uff1cscript\uff1ealert(1)\uff1c/script\uff1e
{{constructor.constructor('alert(1)')()}} ${alert(1)} <%= 7*7 %>
<@ada"><img src=x onerror=alert(1)>
<@ada" onmouseover="alert(1)>
<@ada' onmouseover='alert(1)>
<@<script>alert(1)</script>>
<@&quot;&gt;&lt;img src=x onerror=alert(1)&gt;>
<@group:"onclick="alert(1)>
- [x]<script>alert(1)</script>
- [x] <script>alert(1)</script>
|<script>alert(1)</script>|
# <script>alert(1)</script>
`<script>alert(1)</script>`
> <script>alert(1)</script>
**<script>alert(1)</script>**
[<script>alert(1)</script>](https://a.example)
![<img src=x onerror=alert(1)>](https://a.example)
![a"onerror="alert(1)](https://a.example)
![a](https://a.example"onerror="alert(1))
![a](https://a.example/"onerror="alert(1))
[a](https://a.example "x" onclick=alert(1))
[a](https://a.example "x\\" onclick=alert(1) \\"")
[a](https://a.example '"><script>alert(1)</script>')
[a](https://a.example/<script>)
[a](<https://a.example/"><script>alert(1)</script>>)
https://a.example/"onmouseover="alert(1)
https://a.example/'><img src=x onerror=alert(1)>
https://a.example/<script>alert(1)</script>
www.a.example/"onmouseover="alert(1)
ada@a.com"onmouseover="alert(1)
<https://a.example/"onmouseover="alert(1)>
<https://a.example/'><script>alert(1)</script>
"""
ADDRESSES = """
javascript:alert(1)
JaVaScRiPt:alert(1)
javascript&colon;alert(1)
javascript&#58;alert(1)
javascript&#x3A;alert(1)
&#106;avascript:alert(1)
&#x6A;avascript:alert(1)
\\javascript:alert(1)
java%73cript:alert(1)
java&Tab;script:alert(1)
java&NewLine;script:alert(1)
&#1;javascript:alert(1)
%20javascript:alert(1)
javascript://https://a.example/%0aalert(1)
javascript:/*https://*/alert(1)
javascript\u2028:alert(1)
vbscript:msgbox(1)
data:text/html,<script>alert(1)</script>
data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==
data:image/svg+xml;base64,PHN2Zy8+
DATA:text/html,x
file:///etc/passwd
blob:https://a.example/x
filesystem:https://a.example/x
ftp://a.example
ws://a.example
tel:1
sms:1
intent://a#Intent;end
ms-msdt:/id
view-source:https://a.example
feed:javascript:alert(1)
jar:https://a.example!/
about:blank
x-apple:1
//evil.example
/\\evil.example
\\\\evil.example
///evil.example
https:evil.example
https:/evil.example
https:///evil.example
http:javascript:alert(1)
mailto:
#x
?x
../x
x
"""
FORMS = ["[a]({})", "[a](<{}>)", "![a]({})", "<{}>", "[a]\n\n[a]: {}", "[a]: {}\n\n[a][]", "{}", "[![a]({})]({})", "[a]({} 'b')"]
PIECES = [
    "a", "<b>", "<@ada>", "<@", ">", "[", "](", "](https://a.example)", ")", "![", "*", "**", "`", "~~", "|", "\n|-|\n", "\n",
    "\n\n", "- [x] ", "&lt;", '"', "\\", "www.a.b", "https://", "javascript:", "\n```\n", "\x00",
]  # fmt: skip


@pytest.mark.parametrize("payload", MARKUP.strip().split("\n"))
def test_no_markup_gets_through(payload):
    for body in (payload, f"a {payload} b", f"- {payload}", f"> {payload}", f"{payload}\n\n{payload}", f"|a|\n|-|\n|{payload}|"):
        assert_harmless(render(body))


@pytest.mark.parametrize("address", ADDRESSES.strip().split("\n"), ids=ascii)
def test_no_address_but_of_the_web_or_a_mailbox_becomes_a_link(address):
    for form in FORMS:
        rendered = render(form.replace("{}", address))

        assert_harmless(rendered)
        assert ">a</a>" not in rendered.html


def test_every_three_pieces_in_a_row_are_harmless():
    for pieces in product(PIECES, repeat=3):
        assert_harmless(render("".join(pieces)))


GROWING = {
    "references": "[x]: https://" + "a" * 5_000 + "\n\n" + "[x]" * 1_600,
    "emphasis in emphasis": "*a " * 2_000 + "a*" * 2_000,
    "quotes in lists": "> - " * 2_500,
    "lists in lists": "".join(" " * 2 * depth + "- a\n" for depth in range(98)),
    "wide tables": "|" + "a|" * 1_600 + "\n|" + "-|" * 1_600 + "\n" + "|\n" * 1_700,
    "brackets": "[" * 10_000,
    "images": "![" * 5_000,
    "images in images": "![" * 830 + "](http://b)" * 830,
    "brackets that close": "[" * 5_000 + "]" * 5_000,
    "addresses": "www." * 2_500,
    "addresses with schemes": "http://a" * 1_250,
    "schemes": "aa://" * 2_000,
    "parentheses": "https://a.co/(" * 714,
    "mailboxes": "a@b.co " * 1_428,
    "half mentions": "<@a" * 3_333,
    "mentions": "<@a>" * 2_500,
    "delimiters": "*_" * 5_000,
    "backticks": "".join("`" * length + " " for length in range(140)),
    "lines": "a\n" * 5_000,
    "items": "- a\n" * 2_500,
    "controls": "\x00" * 10_000,
}


@pytest.mark.parametrize("body", GROWING.values(), ids=GROWING)
def test_no_body_takes_long_or_grows_large(body):
    start = time.process_time()
    rendered = render(body[:LIMIT])
    short = render(body[:SHORT])

    assert time.process_time() - start < 1.5
    assert len(rendered.html) < 256_000
    assert len(list(walk(rendered.nodes))) <= 12_000
    assert_harmless(rendered)
    assert_harmless(short)


def test_what_grows_out_of_proportion_is_shown_as_typed_and_mentions_nobody():
    body = "[x]: https://" + "a" * 5_000 + "\n\n" + "[x]" * 1_600 + "<@ada>"

    assert render(body).nodes == [["pre", {}, body]]
    assert render(body).mentions == ()
