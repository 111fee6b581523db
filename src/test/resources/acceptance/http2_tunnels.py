"""Runs a scenario against the gateway on the given port; prints what the client saw."""

import sys

from http2_connection import Connection
from h2.settings import SettingCodes
from hyperframe.frame import DataFrame
from websockets.frames import Frame, Opcode

WINDOW = 65535
PATH = "/chat?name="


def announce(connection):
    for code in (
        SettingCodes.ENABLE_CONNECT_PROTOCOL,
        SettingCodes.MAX_CONCURRENT_STREAMS,
        SettingCodes.MAX_HEADER_LIST_SIZE,
    ):
        print(code.name, connection.settings.get(code))


def opened(connection, name, **more):
    stream = connection.open(PATH + name, **more)
    assert stream.answer()[":status"] == "200", stream.head
    stream.frame()
    return stream


def negotiate(connection):
    stream = connection.open(PATH + "negotiated", sec_websocket_protocol="v1.chat, v2.chat", origin="http://localhost")
    head = stream.answer()
    print(*sorted(name for name in head if name not in ("date", "server")))
    print(head[":status"], head["sec-websocket-protocol"])
    print(stream.frame().data.decode())


def echo(connection):
    stream = opened(connection, "echo")
    for size in (0, 1, 125, 126, 16384, 65535, 65536, 1024 * 1024):
        text = "0123456789abcdef" * (size // 16) + "x" * (size % 16)
        stream.say(text)
        print(size, "echoed" if stream.frame().data.decode() == text else "changed")


def window(connection):
    """Takes what the window has room for, and the rest only later."""
    slow, other = opened(connection, "slow"), opened(connection, "other")
    text = "0123456789abcdef" * 65536
    slow.say(text)
    connection.pump_until(lambda: connection.h2.remote_flow_control_window(slow.number) == 0)
    connection.h2.increment_flow_control_window(WINDOW)  # of the connection: only the stream is full
    other.say("meanwhile")
    print(other.frame().data.decode())
    print(WINDOW - 1000 < len(slow.bytes) <= WINDOW)
    print("echoed" if slow.frame().data.decode() == text else "changed")


def refusal(connection):
    stream = connection.open("/denied")
    head = stream.answer()
    print(head[":status"], head["x-reason"], head["content-type"])
    print(stream.rest().decode())
    connection.pump_until(lambda: stream.reset)  # Nobody waits for what the client may still send.
    print("RST_STREAM", stream.reset)


def close(connection):
    stream = opened(connection, "close")
    stream.close(4001, end=True)
    print(stream.frame().data[:2].hex())
    print(stream.rest(), stream.ended, stream.reset)


def half_close(connection):
    stream = opened(connection, "half-close")
    stream.say("first")
    stream.write(b"", end=True)
    print(stream.frame().data.decode())
    print(stream.rest(), stream.ended, stream.reset)


def cancel(connection):
    other, stream = opened(connection, "other"), opened(connection, "cancel")
    stream.cancel()
    other.say("still here")
    print(other.frame().data.decode())


def vanish(connection):
    opened(connection, "vanish")
    opened(connection, "vanish-as-well")
    connection.socket.close()


def many(connection):
    streams = [opened(connection, f"many-{i}") for i in range(100)]
    for turn in range(3):
        for stream in streams:
            stream.say(f"{turn} of {stream.number}")
        for stream in reversed(streams):
            assert stream.frame().data.decode() == f"{turn} of {stream.number}"
    print(len(streams), "echoed")


def fill(connection):
    """Fills the windows of all streams at once, which is more than the gateway has buffers for at hand."""
    streams = [connection.open(PATH + "fill") for _ in range(100)]
    assert all(stream.answer()[":status"] == "200" for stream in streams)
    data = Frame(Opcode.BINARY, bytes(WINDOW - 14)).serialize(mask=True)
    pieces = [data[start : start + 16384] for start in range(0, WINDOW, 16384)]
    filled = b"".join(DataFrame(stream.number, piece).serialize() for stream in streams for piece in pieces)
    connection.socket.sendall(filled)
    connection.h2.ping(b"12345678")
    connection.flush()
    connection.pump_until(lambda: "PING" in connection.order)
    print("read all")


def drain(connection):
    """Prints, once told by the gateway, in which order all came."""
    streams = [opened(connection, f"drain-{i}") for i in range(3)]
    connection.order.clear()
    print("open", flush=True)
    for stream in streams:
        print(stream.frame().data.hex(), flush=True)
    print(*connection.order, sep=", ", flush=True)
    for stream in streams:
        stream.close(1001, end=True)
    connection.pump_until(lambda: connection.closed)
    print(*connection.order, sep=", ")


SCENARIOS = {scenario.__name__: scenario for scenario in (
    announce, negotiate, echo, window, refusal, close, half_close, cancel, vanish, many, fill, drain)}

if __name__ == "__main__":
    SCENARIOS[sys.argv[2]](Connection(int(sys.argv[1])))
