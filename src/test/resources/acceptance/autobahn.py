"""Runs the Autobahn test suite's cases against the server at the given address.

Prints a line for each case: its number, "passed" or "failed", and all that the server did, without what differs from run to run.
"""

import asyncio
import hashlib
import sys

from kosoku import FailureError, cases, run_fuzzingclient

CONCURRENCY = 8
OBSERVED = (
    "behavior",
    "behavior_close",
    "result",
    "result_close",
    "closed_by_me",
    "failed_by_me",
    "dropped_by_me",
    "remote_close_code",
    "remote_close_reason",
    "was_clean",
    "was_not_clean_reason",
    "was_open_handshake_timeout",
    "was_close_handshake_timeout",
    "was_server_connection_drop_timeout",
)


def shorten(text):
    return text if len(text) < 300 else f"{text[:100]}... sha256 {hashlib.sha256(text.encode()).hexdigest()}"


def headers(response):
    """Order and case of header names mean nothing, and a date is never the same."""
    split = (line.partition(":") for line in response.splitlines())
    return sorted(f"{name.lower()}:{value}" for name, _, value in split if name.lower() != "date")


def frames(wirelog):
    """What was received frame by frame; how the octets came in is chance."""
    return [entry[1:] for entry in wirelog if entry[0] == "RF"]


def transcript(result):
    observed = [f"{name}={getattr(result, name)!r}" for name in OBSERVED]
    observed.append(f"frame_counts={sorted(result.rx_frame_stats.items())}")
    observed.append(f"headers={headers(result.http_response)!r}")
    observed.append(f"events={shorten(repr(result.received))}")
    observed.append(f"frames={shorten(repr(frames(result.wirelog)))}")
    return ", ".join(observed)


async def run(url):
    try:
        return await run_fuzzingclient(url, concurrency=CONCURRENCY)
    except FailureError as failure:
        return failure.results


def send_fewer_compressed_messages(count):
    """The suite sends 1000 in each case of the sections 12 and 13, which takes minutes."""
    for number, case in cases.CASES.items():
        if number.startswith(("12.", "13.")):
            case.COUNT = count


send_fewer_compressed_messages(int(sys.argv[2]))
for result in asyncio.run(run(sys.argv[1])):
    print(result.case_id, "passed" if result.passed else "failed", transcript(result))
