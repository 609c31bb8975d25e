"""How many feeds a second the site answers, and how long a 304 takes.

Run: `BAIKOO_HOME=… .venv/bin/python -m benchmarks.feeds 127.0.0.1:8000 /feeds/ky/all.atom` against a running
`uvicorn --workers 2` (or `baikoo serve`) that has published. Connections are kept open, as a proxy keeps them.
"""

import asyncio
import sys
import time

CONNECTIONS, SECONDS = 16, 4.0


async def answer(reader: asyncio.StreamReader) -> tuple[bytes, int]:
    """The head of one answer, and the length of its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    length = int(lengths[0].split(b":")[1]) if lengths else 0
    await reader.readexactly(length)
    return head, length


async def ask_on(host: str, port: int, request: bytes, until: float) -> list[float]:
    """Ask again and again on one connection; the seconds of each answer."""
    reader, writer = await asyncio.open_connection(host, port)
    took = []
    while time.perf_counter() < until:
        started = time.perf_counter()
        writer.write(request)
        await answer(reader)
        took.append(time.perf_counter() - started)
    writer.close()
    return took


async def measure(host: str, port: int, path: str) -> None:
    """Print requests a second on many connections, then the median of a 304 on one."""
    get = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    until = time.perf_counter() + SECONDS
    all_took = await asyncio.gather(*(ask_on(host, port, get, until) for _ in range(CONNECTIONS)))
    took = [one for some in all_took for one in some]
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(get)
    head, length = await answer(reader)
    writer.close()
    tag = next(line for line in head.decode().split("\r\n") if line.lower().startswith("etag:")).split(" ", 1)[1]
    again = get[:-2] + f"If-None-Match: {tag}\r\n\r\n".encode()
    known = sorted(await ask_on(host, port, again, time.perf_counter() + 1))
    p95 = sorted(took)[int(len(took) * 0.95)]
    print(f"{path} ({length} bytes): {len(took) / SECONDS:.0f} requests/s, p95 {p95 * 1000:.1f} ms")
    print(f"304: median {known[len(known) // 2] * 1000:.2f} ms")


def main() -> int:
    """Measure the address and path of the command line."""
    host, _, port = sys.argv[1].partition(":")
    asyncio.run(measure(host, int(port), sys.argv[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
