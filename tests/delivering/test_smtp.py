"""Letters handed to a real mail server on this machine, which behaves as servers do, badly too."""

from __future__ import annotations

import contextlib
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
import trustme
from mail_server import DROP, HANG, MIDDLE, TAKEN, MailServer, context_of, pem_of

from digest.delivering.smtp import PAUSES, Letter, Outcome, Server, Verdict, send_all
from digest.errors import DeliveryError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANA, BEN, CYR = (f"{name}@example.org" for name in ("ana", "ben", "cyr"))
CONTENT = b"Subject: x\r\n\r\n.\r\n..two\r\nlast\r\n"
LETTERS = [Letter("digest@example.org", to, CONTENT) for to in (ANA, BEN, CYR)]
SENT = Outcome(Verdict.SENT)


@dataclass
class _Notes:
    """A journal that keeps all it is told, in order."""

    lines: list[str] = field(default_factory=list)

    def ending(self, letter: Letter) -> None:
        self.lines.append(f"ending {letter.recipient}")

    def settled(self, letter: Letter, outcome: Outcome) -> None:
        self.lines.append(f"{outcome.verdict} {letter.recipient}")

    def pausing(self, letters: int, seconds: float, reason: str) -> None:
        self.lines.append(f"{letters} in {seconds:g}: {reason}")


@contextmanager
def resetting() -> Iterator[int]:
    """Give the port of a server that lets the whole letter come, and closes the connection without having read it."""

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection, connection.makefile("rb") as lines:
                    connection.sendall(b"220 mail.example.org\r\n")
                    while (line := lines.readline().upper()) and not line.startswith(b"DATA"):
                        connection.sendall(b"250 OK\r\n")
                    connection.sendall(b"354 go on\r\n")
                    while not connection.recv(1 << 16, socket.MSG_PEEK).endswith(b"\r\n.\r\n"):
                        pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(30)
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> Path:
    return pem_of(authority, tmp_path)


def plain(server: MailServer) -> Server:
    return Server("127.0.0.1", server.port, "none", timeout=5, end_timeout=5, moment=0.05)


def send(server: Server, letters: list[Letter] | None = None) -> tuple[tuple[Outcome, ...], list[str], list[float]]:
    """Return the outcomes, the notes and the pauses, none of which is waited for."""
    notes = _Notes()
    pauses: list[float] = []
    outcomes = send_all(server, LETTERS if letters is None else letters, notes, pauses.append)
    return outcomes, notes.lines, pauses


def test_every_letter_arrives_as_it_is_over_one_connection() -> None:
    with MailServer() as running:
        outcomes, notes, pauses = send(plain(running))
    assert outcomes == (SENT,) * 3
    assert [(to, content) for to, content, _ in running.accepted] == [([to], CONTENT) for to in (ANA, BEN, CYR)]
    assert running.connections == 1
    assert pauses == []
    assert notes == [f"{what} {to}" for to in (ANA, BEN, CYR) for what in ("ending", "sent")]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_over_tls_with_a_password(authority: trustme.CA, trusted: Path, security: str) -> None:
    context = context_of(authority, "localhost")
    with MailServer(tls=context, starttls=security == "starttls", accounts={"ana": "s3cret"}) as running:
        server = Server("localhost", running.port, security, "ana", "s3cret", trusted, timeout=5, moment=0.05)
        outcomes, _, _ = send(server)
    assert outcomes == (SENT,) * 3
    assert [tls for _, _, tls in running.accepted] == [True] * 3


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_wrong_password_ends_it_and_is_not_tried_again(authority: trustme.CA, trusted: Path, security: str) -> None:
    context = context_of(authority, "localhost")
    with MailServer(tls=context, starttls=security == "starttls", accounts={"ana": "s3cret"}) as running:
        server = Server("localhost", running.port, security, "ana", "wrong pass", trusted, timeout=5, moment=0.05)
        with pytest.raises(DeliveryError, match=r"refuses mail_user or its password \(535 ") as caught:
            send(server)
    assert running.accepted == []
    assert running.connections == 1
    assert "wrong pass" not in str(caught.value)
    assert "wrong pass" not in repr(server)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_is_not_trusted_ends_it_before_a_word_is_said(authority: trustme.CA, security: str) -> None:
    context = context_of(authority, "localhost")
    with MailServer(tls=context, starttls=security == "starttls", accounts={"ana": "s3cret"}) as running:
        server = Server("localhost", running.port, security, "ana", "s3cret", timeout=5)
        with pytest.raises(DeliveryError, match=r"certificate is not trusted \(.*mail_ca"):
            send(server)
    assert not any(command.startswith(("AUTH", "MAIL")) for command in running.commands)


def test_a_certificate_for_another_name_is_not_trusted(authority: trustme.CA, trusted: Path) -> None:
    with MailServer(tls=context_of(authority, "elsewhere.example.org")) as running:
        server = Server("localhost", running.port, "tls", ca=trusted, timeout=5, moment=0.05)
        with pytest.raises(DeliveryError, match="certificate is not trusted"):
            send(server)
    assert running.accepted == []


def test_without_starttls_nothing_goes_in_clear(trusted: Path) -> None:
    with MailServer() as running:
        server = Server("localhost", running.port, "starttls", ca=trusted, timeout=5, moment=0.05)
        with pytest.raises(DeliveryError, match=r"STARTTLS.*check mail_port"):
            send(server)
    assert running.accepted == []


def test_a_port_that_speaks_no_tls_is_told() -> None:
    with MailServer() as running, pytest.raises(DeliveryError, match=r"does not speak TLS there.*mail_security"):
        send(Server("127.0.0.1", running.port, "tls", timeout=5))


def test_a_server_without_logins_is_told() -> None:
    with (
        MailServer() as running,
        pytest.raises(DeliveryError, match="No suitable authentication method found; check mail_security"),
    ):
        send(Server("127.0.0.1", running.port, "none", "ana", "s3cret"))


@pytest.mark.parametrize(("content", "said"), [(None, "No such file"), (b"no certificate", "PEM")])
def test_a_file_of_authorities_that_is_none_is_told(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=f"mail_ca: .*{said}"):
        send(Server("127.0.0.1", 1, "tls", ca=file))


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_a_refused_recipient_does_not_stop_the_others(command: str) -> None:
    with MailServer() as running:
        running.script[f"{command} {BEN}"] = ["550 5.1.1 no such person"]
        outcomes, notes, pauses = send(plain(running))
    assert outcomes == (SENT, Outcome(Verdict.REFUSED, "550 5.1.1 no such person"), SENT)
    assert running.recipients == [ANA, CYR]
    assert running.connections == 1
    assert pauses == []
    assert f"refused {BEN}" in notes


@pytest.mark.parametrize("command", ["MAIL digest@example.org", f"RCPT {BEN}", f"DATA {BEN}"])
def test_what_fails_for_a_while_is_tried_again(command: str) -> None:
    with MailServer() as running:
        running.script[command] = ["451 4.7.1 greylisted", "451 4.7.1 greylisted"]
        outcomes, notes, pauses = send(plain(running))
    assert outcomes == (SENT,) * 3
    assert sorted(running.recipients) == [ANA, BEN, CYR]
    assert pauses[0] == PAUSES[0]
    assert any("451 4.7.1 greylisted" in note for note in notes)


def test_what_fails_for_longer_waits_for_the_next_time() -> None:
    with MailServer() as running:
        running.script[f"RCPT {BEN}"] = ["451 later"] * 9
        outcomes, notes, pauses = send(plain(running))
    assert outcomes == (SENT, Outcome(Verdict.LATER, "451 later"), SENT)
    assert running.recipients == [ANA, CYR]
    assert pauses == list(PAUSES)
    assert notes[-1] == f"later {BEN}"


def test_a_refused_sender_ends_it() -> None:
    with MailServer() as running:
        running.script["MAIL digest@example.org"] = ["553 not yours"]
        with pytest.raises(DeliveryError, match=r"refuses the sender digest@example.org \(553 not yours\)"):
            send(plain(running))
    assert running.connections == 1


@pytest.mark.parametrize("command", ["EHLO", "MAIL digest@example.org", f"RCPT {BEN}", f"{MIDDLE} {BEN}"])
def test_a_drop_before_the_end_is_tried_again_and_nobody_gets_two(command: str) -> None:
    with MailServer() as running:
        running.script[command] = [DROP]
        outcomes, _, pauses = send(plain(running))
    assert outcomes == (SENT,) * 3
    assert sorted(running.recipients) == [ANA, BEN, CYR]
    assert pauses == [PAUSES[0]]


@pytest.mark.parametrize("how", [DROP, HANG])
def test_a_letter_that_may_have_arrived_is_not_sent_again(how: str) -> None:
    with MailServer() as running:
        running.script[f"{TAKEN} {BEN}"] = [how]
        outcomes, notes, pauses = send(replace(plain(running), end_timeout=0.3))
    assert [outcome.verdict for outcome in outcomes] == [Verdict.SENT, Verdict.UNKNOWN, Verdict.SENT]
    assert running.recipients == [ANA, BEN, CYR]
    assert pauses == []
    assert f"unknown {BEN}" in notes
    said = "closed the connection" if how == DROP else "no answer in time"
    assert said in outcomes[1].reason


@pytest.mark.parametrize("command", ["EHLO", "MAIL digest@example.org", f"RCPT {BEN}"])
def test_a_server_that_says_nothing_is_left(command: str) -> None:
    with MailServer() as running:
        running.script[command] = [HANG]
        outcomes, notes, pauses = send(replace(plain(running), timeout=0.3))
    assert outcomes == (SENT,) * 3
    assert sorted(running.recipients) == [ANA, BEN, CYR]
    assert pauses == [PAUSES[0]]
    assert any("no answer in time" in note for note in notes)


def test_a_reset_tells_that_the_end_was_lost_and_the_letter_goes_again() -> None:
    with resetting() as port:
        outcomes, notes, _ = send(Server("127.0.0.1", port, "none", timeout=5, end_timeout=5), LETTERS[:1])
    assert notes[0] == f"ending {ANA}"
    assert notes[1].startswith("1 in 5: ")
    assert "reset" in notes[1]
    assert outcomes[0].verdict is Verdict.LATER


def test_a_server_that_takes_the_connection_and_says_nothing_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        outcomes, _, pauses = send(Server("127.0.0.1", port, "none", timeout=0.1))
    assert {outcome.verdict for outcome in outcomes} == {Verdict.LATER}
    assert all("no answer in time" in outcome.reason for outcome in outcomes)
    assert pauses == list(PAUSES)


def test_no_server_at_all_leaves_everything_for_the_next_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    outcomes, notes, pauses = send(Server("127.0.0.1", port, "none"))
    assert {outcome.verdict for outcome in outcomes} == {Verdict.LATER}
    assert outcomes[0].reason.startswith(f"127.0.0.1 port {port}: Connection refused")
    assert pauses == list(PAUSES)
    assert notes[-3:] == [f"later {to}" for to in (ANA, BEN, CYR)]


def test_a_server_that_closes_down_for_a_while_is_asked_again() -> None:
    with MailServer() as running:
        running.script[f"RCPT {ANA}"] = ["421 closing down"]
        outcomes, _, _ = send(plain(running))
    assert outcomes == (SENT,) * 3
    assert running.recipients == [BEN, CYR, ANA]
    assert running.connections == 3


def test_what_the_server_says_is_one_short_line_without_the_password(trusted: Path, authority: trustme.CA) -> None:
    with MailServer(tls=context_of(authority, "localhost"), accounts={"ana": "s3cret"}) as running:
        running.script[f"RCPT {ANA}"] = ["550-s3cret is a bad password\r\n550 \x1b[31m" + "x" * 400]
        server = Server("localhost", running.port, "tls", "ana", "s3cret", trusted, timeout=5, moment=0.05)
        (outcome,), _, _ = send(server, LETTERS[:1])
    assert outcome.verdict is Verdict.REFUSED
    assert outcome.reason.startswith("550 ... is a bad password [31mxxx")
    assert len(outcome.reason) < 250
    assert outcome.reason.isprintable()


def test_a_server_that_stops_reading_is_left() -> None:
    with MailServer() as running:
        running.script[f"{MIDDLE} {ANA}"] = [HANG] * (1 + len(PAUSES))
        long = replace(LETTERS[0], content=(b"x" * 900 + b"\r\n") * 20_000)  # more than the system takes for it
        (outcome,), notes, _ = send(replace(plain(running), end_timeout=0.2), [long])
    assert outcome.verdict is Verdict.LATER
    assert "no answer in time" in outcome.reason
    assert f"ending {ANA}" not in notes


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".org"])
def test_a_host_that_cannot_be_one_is_told(host: str) -> None:
    with pytest.raises(SettingsError, match=r"mail_host = .*: no name of a server"):
        send(Server(host, 25, "none"))


def test_nothing_to_send_asks_no_server() -> None:
    assert send(Server("127.0.0.1", 1, "none"), [])[0] == ()
