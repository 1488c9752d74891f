import json
import resource
import zlib


def functional_unpacks(m, t):
    readings = [{"t": i, "v": i * 0.5} for i in range(500)]
    assert m.unpack(zlib.compress(json.dumps(readings).encode())) == readings


def functional_refuses_long_text(m, t):
    try:
        m.unpack(zlib.compress(json.dumps("x" * 1_200_000).encode()))
    except ValueError:
        return
    raise AssertionError("1.2 MB of text were taken")


def bomb(megabytes):
    """A packet of about a thousandth of the size: one compressed block, many times."""
    deflater = zlib.compressobj(9)
    head = deflater.compress(b" " * (1 << 20)) + deflater.flush(zlib.Z_FULL_FLUSH)
    block = deflater.compress(b" " * (1 << 20)) + deflater.flush(zlib.Z_FULL_FLUSH)
    return head + block * (megabytes - 1) + deflater.flush()


def exploit_small_packet_fills_memory(m, t):
    packet = bomb(250)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    t.attempt(m.unpack, packet)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    if grown > 100 << 10:
        t.exploited(f"a packet of {len(packet) >> 10} kB took {grown >> 10} MB of memory")
