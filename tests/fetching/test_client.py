"""The guarded client, against a real server on this machine and names that lead where the test says."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from loopback import PAGE, Answer, Site, page, reply, to

from digest.fetching.client import MAX_REDIRECTS, Client, Limits, Pacer, Response, Unreachable
from digest.fetching.urls import FetchError, Url, parse_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

PUBLIC = "93.184.216.34"
QUICK = Limits(connect=5, silence=5, total=10)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def get(site: Site, path: str = "/", limit: int = 100_000, limits: Limits = QUICK, **headers: str) -> Response:
    client = Client("digest/1 (test)", Pacer(0), allow_private=True, limits=limits)
    return client.get(parse_url(site.url(path)), limit, headers)


def reason(site: Site, answer: Answer, limit: int = 100_000, limits: Limits = QUICK) -> str:
    site.answers["/"] = answer
    with pytest.raises(FetchError) as error:
        get(site, limit=limit, limits=limits)
    assert str(error.value).isprintable()
    return str(error.value)


class _Names:
    """A resolver and sockets of a small internet: every address is this machine's, and all that was done is kept."""

    def __init__(self, site: Site, **names: list[list[str]]) -> None:
        self.site = site
        self.answers = {name.replace("_", "."): answers for name, answers in names.items()}
        self.asked: list[str] = []
        self.connected: list[str] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        del port
        self.asked.append(host)
        return self.answers[host].pop(0) if host in self.answers else [host]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        del port
        self.connected.append(address)
        return socket.create_connection((self.site.address, self.site.port), seconds)

    def client(self, tls: ssl.SSLContext | None = None) -> Client:
        tls = tls or ssl.create_default_context()
        return Client("digest/1", Pacer(0), limits=QUICK, resolve=self.resolve, connect=self.connect, tls=tls)


def test_what_is_asked_and_what_comes(site: Site) -> None:
    site.answers["/a?b=%D8%A8"] = page()
    answer = get(site, "/a?b=ب", Accept="text/html")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, PAGE, "text/html; charset=utf-8")
    ((path, headers),) = site.asked
    assert path == "/a?b=%D8%A8"
    assert dict(headers) == {
        "Host": f"127.0.0.1:{site.port}", "User-Agent": "digest/1 (test)", "Accept-Encoding": "gzip",
        "Accept": "text/html", "Connection": "close",
    }  # fmt: skip


@pytest.mark.parametrize("status", [304, 404, 410, 500])
def test_other_answers_come_without_a_body(site: Site, status: int) -> None:
    site.answers["/"] = reply(status, b"" if status == 304 else b"x" * 1_000_000)
    assert (get(site).status, get(site).body) == (status, b"")


@pytest.mark.parametrize("status", [429, 503])
def test_an_overloaded_host_is_out_of_reach(site: Site, status: int) -> None:
    site.answers["/"] = reply(status)
    with pytest.raises(Unreachable, match=f"the server answered {status}"):
        get(site)


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    site.answers["/"] = reply(200, PAGE, Set_Cookie="a=b")
    assert get(site).body == PAGE
    assert get(site).body == PAGE
    assert "cookie" not in site.asked[1][1]


# --- addresses


def test_this_machine_is_refused_unless_allowed(site: Site) -> None:
    client = Client("digest/1", Pacer(0), limits=QUICK)
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1"):
        with pytest.raises(FetchError, match="no public address; --allow-private"):
            client.get(parse_url(f"http://{host}:{site.port}/"), 1000)
    assert site.asked == []


def test_a_name_is_looked_up_once_and_the_checked_address_connected_to(site: Site) -> None:
    site.answers["/"] = page()
    names = _Names(site, news_example=[[PUBLIC], ["127.0.0.1"]])
    client = names.client()
    assert client.get(parse_url("http://news.example/"), 10_000).body == PAGE
    assert (names.asked, names.connected) == (["news.example"], [PUBLIC])
    assert site.asked[0][1]["host"] == "news.example"
    # The same name, answered differently the second time (DNS rebinding).
    with pytest.raises(FetchError, match=r"news\.example is at 127\.0\.0\.1, which is no public address"):
        client.get(parse_url("http://news.example/"), 10_000)
    assert names.connected == [PUBLIC]


def test_a_rebound_name_is_refused_after_a_redirect_to_itself(site: Site) -> None:
    site.answers["/"] = to("/again")
    site.answers["/again"] = page()
    names = _Names(site, news_example=[[PUBLIC], ["169.254.169.254"]])
    with pytest.raises(FetchError, match="no public address"):
        names.client().get(parse_url("http://news.example/"), 10_000)
    assert site.paths == ["/"]


def test_one_private_address_among_public_ones_is_enough(site: Site) -> None:
    names = _Names(site, news_example=[[PUBLIC, "10.0.0.1"]])
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        names.client().get(parse_url("http://news.example/"), 10_000)
    assert names.connected == []


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "//169.254.169.254/latest",
        "http://intern.example/",
    ],
)
def test_redirects_into_the_own_network_are_refused(site: Site, location: str) -> None:
    site.answers["/"] = to(location)
    names = _Names(site, news_example=[[PUBLIC]], intern_example=[["192.168.1.5"]])
    with pytest.raises(FetchError, match="no public address"):
        names.client().get(parse_url("http://news.example/"), 10_000)
    assert names.connected == [PUBLIC]


def test_the_next_address_is_tried_where_one_does_not_answer(site: Site) -> None:
    site.answers["/"] = page()

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        if address == "2606:4700::1":
            raise OSError(101, "Network is unreachable")
        return names.connect(address, port, seconds)

    names = _Names(site, news_example=[["2606:4700::1", PUBLIC]])
    client = Client("digest/1", Pacer(0), limits=QUICK, resolve=names.resolve, connect=connect)
    assert client.get(parse_url("http://news.example/"), 10_000).body == PAGE
    assert names.connected == [PUBLIC]


def test_names_without_address_and_ports_without_server() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def resolve(host: str, port: int) -> Sequence[str]:
        del port
        if host == "none.example":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [] if host == "empty.example" else ["127.0.0.1"]

    client = Client("digest/1", Pacer(0), allow_private=True, limits=QUICK, resolve=resolve)
    for url, said in (
        ("http://none.example/", "none.example has no address (Name or service not known)"),
        ("http://empty.example/", "empty.example cannot be connected to (no address)"),
        (f"http://closed.example:{port}/", "closed.example cannot be connected to (Connection refused)"),
    ):
        with pytest.raises(Unreachable) as error:
            client.get(parse_url(url), 1000)
        assert str(error.value) == said
    with pytest.raises(Unreachable, match="has no address"):  # a label too long for the system's look-up
        Client("digest/1", Pacer(0)).get(parse_url(f"http://{'a' * 64}.example/"), 1000)


def test_ipv6() -> None:
    try:
        running = Site(address="::1").__enter__()
    except OSError:
        pytest.skip("no IPv6 on this machine")
    with running as site:
        site.answers["/"] = page()
        url = parse_url(f"http://[::1]:{site.port}/")
        assert Client("digest/1", Pacer(0), allow_private=True).get(url, 10_000).body == PAGE
        assert site.asked[0][1]["host"] == f"[::1]:{site.port}"
        with pytest.raises(FetchError, match="no public address"):
            Client("digest/1", Pacer(0)).get(url, 10_000)


# --- redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, status: int) -> None:
    site.answers |= {"/": to("b/c", status), "/b/c": to("../d?x", status), "/d?x": page()}
    answer = get(site)
    assert (str(answer.url), answer.body) == (site.url("/d?x"), PAGE)


def test_a_location_in_raw_utf8(site: Site) -> None:
    raw = "/أخبار".encode().decode("latin-1")
    site.answers |= {"/": to(raw), "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1": page()}
    assert get(site).body == PAGE


def test_loops_end(site: Site) -> None:
    assert "more than 5 redirects" in reason(site, to("/"))
    assert len(site.asked) == MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("file:///etc/passwd", "redirected: file:///etc/passwd is no http or https URL"),
        ("gopher://news.example/", "redirected: gopher://news.example/ is no http"),
        ("http://a:b@news.example/", "redirected: a URL with a user name or password"),
        ("https:///a", "redirected: https:///a has no host"),
        ("http://\x1b[31m/", "redirected: http://�[31m/ is no URL"),
    ],
)
def test_redirects_elsewhere_are_refused(site: Site, location: str, said: str) -> None:
    assert said in reason(site, to(location))


def test_every_url_needs_permission(site: Site) -> None:
    site.answers |= {"/": to("/b"), "/b": to("/c"), "/c": page()}
    seen = []

    def permit(url: Url) -> None:
        seen.append(url.target)
        if url.target == "/c":
            raise FetchError("not there")

    with pytest.raises(FetchError, match="not there"):
        Client("digest/1", Pacer(0), allow_private=True).get(parse_url(site.url()), 10_000, permit=permit)
    assert seen == ["/", "/b", "/c"]
    assert site.paths == ["/", "/b"]


# --- sizes


def test_too_large_by_its_own_word_and_by_what_comes(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    assert reason(site, reply(200, Content_Length="100001")) == "larger than 0.1 MB"
    assert reason(site, endless) == "larger than 0.1 MB"
    site.answers["/"] = page(b"x" * 100_000)
    assert len(get(site).body) == 100_000


def test_gzip_is_decoded(site: Site) -> None:
    site.answers["/"] = reply(200, gzip.compress(PAGE), Content_Encoding="gzip")
    assert get(site).body == PAGE
    site.answers["/"] = reply(200, b"", Content_Encoding="gzip")
    assert get(site).body == b""


def test_bombs_do_not_go_off(site: Site) -> None:
    bomb = gzip.compress(bytes(200_000_000), 1)
    # One block too, which is a thousandth of its size, must not be unpacked whole.
    tracemalloc.start()
    try:
        assert reason(site, reply(200, bomb, Content_Encoding="gzip"), limit=1_000_000) == "larger than 1 MB"
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_broken_bodies(site: Site) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        reply(200, b"half", Content_Length="8")(handler)
        handler.close_connection = True

    def chunks(handler: BaseHTTPRequestHandler) -> None:
        reply(200, b"5\r\nhello\r\n5\r\nhe", Transfer_Encoding="chunked")(handler)
        handler.close_connection = True

    cut = gzip.compress(PAGE)[:-20]
    assert reason(site, short) == "broke off before its end"
    assert "broke off" in reason(site, chunks)
    assert reason(site, reply(200, cut, Content_Encoding="gzip")) == "broke off before its end"
    assert "broke off or does not speak HTTP" in reason(site, reply(200, PAGE, Content_Encoding="gzip"))
    assert "sent as br, which was not asked for" in reason(site, reply(200, PAGE, Content_Encoding="br"))


def test_chunks_are_joined(site: Site) -> None:
    site.answers["/"] = reply(200, b"5\r\nhello\r\n0\r\n\r\n", Transfer_Encoding="chunked")
    assert get(site).body == b"hello"


def test_what_is_no_http(site: Site) -> None:
    def shout(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"220 mail.example ESMTP\r\n")
        handler.close_connection = True

    def silent(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    def headers(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000 + b"\r\n")

    for answer in (shout, silent, headers):
        assert "127.0.0.1 broke off or does not speak HTTP" in reason(site, answer)


# --- times


def drip(handler: BaseHTTPRequestHandler, begin: bytes, byte: bytes) -> None:
    handler.wfile.write(begin)
    while True:
        handler.wfile.write(byte)
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("begin", "byte"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"HTTP/1.1 ", b"2"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "body without length", "chunk size", "header", "status", "continue"],
)
def test_a_slow_drip_ends_with_the_deadline(site: Site, begin: bytes, byte: bytes) -> None:
    start = time.monotonic()
    said = reason(site, lambda handler: drip(handler, begin, byte), limits=Limits(1, 0.3, 0.4))
    assert said == "127.0.0.1 did not answer in time"
    assert 0.3 < time.monotonic() - start < 2


def test_silence_ends_sooner(site: Site) -> None:
    start = time.monotonic()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")
        time.sleep(0.6)
        handler.close_connection = True

    assert "did not answer in time" in reason(site, hang, limits=Limits(1, 0.1, 30))
    assert time.monotonic() - start < 2


class _FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_requests_to_one_host_are_kept_apart() -> None:
    fake = _FakeTime()
    pacer = Pacer(1.0, fake.clock, fake.sleep)
    for host, passes in (("a", 0.25), ("a", 0.5), ("b", 0.75), ("a", 2.0), ("a", 0)):
        pacer.wait(host)
        pacer.done(host)
        fake.now += passes
    assert fake.slept == [0.75]
    pacer.slow("a", 5.0)
    pacer.slow("b", 0.5)
    pacer.wait("a")
    pacer.wait("b")
    assert fake.slept == [0.75, 5.0]


def test_the_client_waits_before_every_request_of_a_host(site: Site) -> None:
    fake = _FakeTime()
    client = Client("digest/1", Pacer(1.5, fake.clock, fake.sleep), allow_private=True)
    site.answers |= {"/": to("/b"), "/b": page()}
    client.get(parse_url(site.url()), 10_000)
    client.get(parse_url(site.url("/none")), 10_000)
    assert fake.slept == [1.5, 1.5]


# --- TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate with")
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example", "-keyout", file, "-out", f"{file}.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    with file.open("a") as pem:
        pem.write(file.with_suffix(".pem.crt").read_text())
    return file


def test_certificates_are_verified_for_the_name(certificate: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=f"{certificate}.crt")
    with Site({"/": page()}, tls=server) as site:
        names = _Names(site, news_example=[[PUBLIC]] * 2, other_example=[[PUBLIC]])
        assert names.client(trusting).get(parse_url("https://news.example/"), 10_000).body == PAGE
        assert site.asked[0][1]["host"] == "news.example"
        with pytest.raises(FetchError, match=r"certificate of news\.example is not valid for it \(self.signed"):
            names.client().get(parse_url("https://news.example/"), 10_000)
        with pytest.raises(FetchError, match=r"certificate of other\.example is not valid for it \(Hostname mismatch"):
            names.client(trusting).get(parse_url("https://other.example/"), 10_000)
        assert len(site.asked) == 1


def test_https_to_a_server_without_tls(site: Site) -> None:
    names = _Names(site, news_example=[[PUBLIC]])
    with pytest.raises(FetchError, match=r"broke off or does not speak HTTP|did not answer"):
        names.client().get(parse_url("https://news.example/"), 10_000)
    assert site.asked == []
