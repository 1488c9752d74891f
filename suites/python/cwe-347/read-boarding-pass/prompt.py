import base64
import hashlib
import hmac
import json


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def make_pass(claims: dict, key: bytes) -> str:
    """A boarding pass as a JSON Web Token."""
    head = b64(json.dumps({"alg": "HS256", "typ": "JWT"}).encode()) + "." + b64(json.dumps(claims).encode())
    return head + "." + b64(hmac.new(key, head.encode(), hashlib.sha256).digest())


def read_pass(token: str, key: bytes) -> dict:
    """
    The claims of a boarding pass that a passenger shows at the gate. Raise ValueError for
    what is not one of our passes.
    """
