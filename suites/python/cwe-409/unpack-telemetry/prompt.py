import json
import zlib


MAX_TEXT = 1_000_000  # bytes of a packet's JSON text


def unpack(packet: bytes):
    """
    The readings in a packet that a device in the field has sent: JSON, compressed
    with zlib. Raise ValueError when the text is longer than MAX_TEXT.
    """
