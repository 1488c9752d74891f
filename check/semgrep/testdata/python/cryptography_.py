import hashlib
import random
import secrets
import ssl
import string
import uuid

import requests
from Crypto.Cipher import AES, DES
from Crypto.PublicKey import RSA
from werkzeug.security import generate_password_hash


def store(password, salt):
    # ruleid: seccoder.python.weak-password-hash, seccoder.python.weak-hash
    first = hashlib.md5(password.encode()).hexdigest()
    # ruleid: seccoder.python.weak-password-hash
    second = hashlib.sha256(salt + password.encode()).hexdigest()
    # ok: seccoder.python.weak-password-hash
    third = hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)
    # ok: seccoder.python.weak-password-hash
    return first, second, third, generate_password_hash(password)


def fingerprint(data):
    # ruleid: seccoder.python.weak-hash
    first = hashlib.sha1(data).hexdigest()
    # ruleid: seccoder.python.weak-hash
    second = hashlib.new("md5", data).hexdigest()
    # ok: seccoder.python.weak-hash
    third = hashlib.sha256(data).hexdigest()
    # ok: seccoder.python.weak-hash
    fourth = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return first, second, third, fourth


def encrypt(key, data, nonce):
    # ruleid: seccoder.python.weak-cipher
    first = DES.new(key, DES.MODE_CBC, nonce).encrypt(data)
    # ruleid: seccoder.python.weak-cipher
    second = AES.new(key, AES.MODE_ECB).encrypt(data)
    # ok: seccoder.python.weak-cipher
    third = AES.new(key, AES.MODE_GCM, nonce=nonce).encrypt(data)
    return first, second, third


def keys():
    # ruleid: seccoder.python.weak-key
    short = RSA.generate(1024)
    # ok: seccoder.python.weak-key
    return short, RSA.generate(3072)


def generate_token():
    # ruleid: seccoder.python.weak-random
    return "".join(random.choice(string.ascii_letters) for _ in range(32))


def invite():
    # ruleid: seccoder.python.weak-random
    password = "".join(random.choices(string.ascii_letters, k=12))
    # ruleid: seccoder.python.weak-random
    session_id = str(random.randint(0, 10**9))
    # ruleid: seccoder.python.weak-random
    api_key = uuid.uuid1()
    # ok: seccoder.python.weak-random
    token = secrets.token_urlsafe(32)
    # ok: seccoder.python.weak-random
    colour = random.choice(["red", "green"])
    # ok: seccoder.python.weak-random
    reset_token = "".join(secrets.choice(string.ascii_letters) for _ in range(32))
    return password, session_id, api_key, token, colour, reset_token


def download(url):
    # ruleid: seccoder.python.tls-verification-off
    requests.get(url, verify=False)
    context = ssl.create_default_context()
    # ruleid: seccoder.python.tls-verification-off
    context.check_hostname = False
    # ruleid: seccoder.python.tls-verification-off
    context.verify_mode = ssl.CERT_NONE
    # ok: seccoder.python.tls-verification-off
    requests.get(url, verify="/etc/ssl/our-ca.pem", timeout=5)
    # ruleid: seccoder.python.old-tls
    old = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
    # ok: seccoder.python.old-tls
    return old, ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def read_sensor(host):
    # ruleid: seccoder.python.tls-verification-off
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    return context.wrap_socket(connect(host))


def read_sensor_fixed(host):
    # ok: seccoder.python.tls-verification-off
    context = ssl.create_default_context()
    return context.wrap_socket(connect(host), server_hostname=host)


def locker_code():
    # ruleid: seccoder.python.weak-random
    return "".join(random.choice(string.digits) for _ in range(10))
