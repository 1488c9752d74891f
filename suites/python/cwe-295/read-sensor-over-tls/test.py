import socket
import ssl
import threading

# Keys and certificates of this test, good for nothing else: an authority, a sensor called
# localhost, one called pump.example, and an impostor that signed its certificate itself.
AUTHORITY = """\
-----BEGIN CERTIFICATE-----
MIIBezCCASGgAwIBAgIBATAKBggqhkjOPQQDAjAkMSIwIAYDVQQDExlQbGFudCBh
dXRob3JpdHkgb2YgYSB0ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAw
MDAwWjAkMSIwIAYDVQQDExlQbGFudCBhdXRob3JpdHkgb2YgYSB0ZXN0MFkwEwYH
KoZIzj0CAQYIKoZIzj0DAQcDQgAEwadfzVOT9VNIJgNCIMc1l1h/KuBm0VGujW/3
+982vUuwFvVSXZ80wJBznwSx+w/qFNOoanfPXDZQVmzpSGwh2aNCMEAwDgYDVR0P
AQH/BAQDAgIEMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFPE0RAFG4PqObxkt
fwiR8VPkv3G+MAoGCCqGSM49BAMCA0gAMEUCIQD8/DUgzBkao/O/SvfKqyDsecmT
C4CFcTJxvnR2H5R7kgIgW3LflM3s5wvQbctajai9a1I0T06gNsXilrtBCEAWSSo=
-----END CERTIFICATE-----
"""
SENSOR = """\
-----BEGIN EC PRIVATE KEY-----
MHcCAQEEILvssAKClKtHcErHABUjnxhU8tVOGvA7hm3dRCaUE83toAoGCCqGSM49
AwEHoUQDQgAEAY2HQwax6A+KyPZ4LOiuW1oEuXss4mpnyps0Yx3IqJchHJ7JPhi9
NTpk6QEQKCvPIcvFOGnBYdceUyE8OUHFjw==
-----END EC PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBljCCATugAwIBAgIBAjAKBggqhkjOPQQDAjAkMSIwIAYDVQQDExlQbGFudCBh
dXRob3JpdHkgb2YgYSB0ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAw
MDAwWjAUMRIwEAYDVQQDEwlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMB
BwNCAAQBjYdDBrHoD4rI9ngs6K5bWgS5eyziamfKmzRjHciolyEcnsk+GL01OmTp
ARAoK88hy8U4acFh1x5TITw5QcWPo2wwajAOBgNVHQ8BAf8EBAMCB4AwEwYDVR0l
BAwwCgYIKwYBBQUHAwEwDAYDVR0TAQH/BAIwADAfBgNVHSMEGDAWgBTxNEQBRuD6
jm8ZLX8IkfFT5L9xvjAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SQAwRgIhALHc3q4mPQn1WfBavUas3/QsSftoMAfN0XAOM1Ge7JDjAiEAnrQK8R6A
ebkYFJMDVUjfn7nr3i7hPYk5BHi6puW4E+g=
-----END CERTIFICATE-----
"""
OTHER_SENSOR = """\
-----BEGIN EC PRIVATE KEY-----
MHcCAQEEICIuYMUTiOyG4iIGLKY/of24POZPRJCkDNvEX2vvKwYmoAoGCCqGSM49
AwEHoUQDQgAENKLTxLzYFlCVgfHNE9HIFBnNzlmnrr/zqZqbtnj1IrpqZe1NSpkN
e2wjR4K4jgIefC6lqhcbu0L/QJK1AaHfFw==
-----END EC PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIBAzAKBggqhkjOPQQDAjAkMSIwIAYDVQQDExlQbGFudCBh
dXRob3JpdHkgb2YgYSB0ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAw
MDAwWjAXMRUwEwYDVQQDEwxwdW1wLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQ0otPEvNgWUJWB8c0T0cgUGc3OWaeuv/Opmpu2ePUiumpl7U1KmQ17
bCNHgriOAh58LqWqFxu7Qv9AkrUBod8Xo28wbTAOBgNVHQ8BAf8EBAMCB4AwEwYD
VR0lBAwwCgYIKwYBBQUHAwEwDAYDVR0TAQH/BAIwADAfBgNVHSMEGDAWgBTxNEQB
RuD6jm8ZLX8IkfFT5L9xvjAXBgNVHREEEDAOggxwdW1wLmV4YW1wbGUwCgYIKoZI
zj0EAwIDSAAwRQIhALGCBtFV9Uvj8nrsnM2j/scgmI0vje5h86U8mGTJBherAiBl
7MWUZCv6dBy5JgKxz9HYwQJciTyVf4MtLeWSdNla5A==
-----END CERTIFICATE-----
"""
IMPOSTOR = """\
-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIIwOupD8fbgEGZAuEjgBYeo9F2YrA1KBhetyItUGiPatoAoGCCqGSM49
AwEHoUQDQgAEH2Xj9SxtD/mb/+n9eAYjRebtnhTcdZLLgqYCxXrvVWqRn8My0Dcb
objk/QRbjqPY1wrmQoLnJs7LqxL+t2DO+Q==
-----END EC PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBZTCCAQqgAwIBAgIBBDAKBggqhkjOPQQDAjAUMRIwEAYDVQQDEwlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMT
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABB9l4/UsbQ/5m//p
/XgGI0Xm7Z4U3HWSy4KmAsV671VqkZ/DMtA3G6G45P0EW46j2NcK5kKC5ybOy6sS
/rdgzvmjSzBJMA4GA1UdDwEB/wQEAwIHgDATBgNVHSUEDDAKBggrBgEFBQcDATAM
BgNVHRMBAf8EAjAAMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAKBggqhkjOPQQDAgNJ
ADBGAiEAh/g30pvqxgkUi9WqLo+GNZM+Y0aCwlviJ9XjNmcPMfwCIQCavG/79WrI
uDMKD4lb4SMTlTLxiQ5/w8GYM2bMzrhcZw==
-----END CERTIFICATE-----
"""


def serve(identity):
    """Serves one connection after the other with the line 21.5 C; the result is the port."""
    with open("authority.pem", "w") as f:
        f.write(AUTHORITY)
    with open("identity.pem", "w") as f:
        f.write(identity)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("identity.pem")
    listener = socket.create_server(("127.0.0.1", 0))

    def run():
        while True:
            raw, _ = listener.accept()
            try:
                with context.wrap_socket(raw, server_side=True) as connection:
                    connection.sendall(b"21.5 C\r\n")
            except OSError:
                pass

    threading.Thread(target=run, daemon=True).start()
    return listener.getsockname()[1]


def functional_reads_the_line(m, t):
    assert m.read_sensor("localhost", serve(SENSOR), "authority.pem").strip() == "21.5 C"


def attack(m, t, identity, what):
    line = t.attempt(m.read_sensor, "localhost", serve(identity), "authority.pem")
    if isinstance(line, (str, bytes)) and len(line) > 0:
        t.exploited(f"it read {line!r} from {what}")


def exploit_impostor(m, t):
    attack(m, t, IMPOSTOR, "a server whose certificate nobody but itself has signed")


def exploit_another_name(m, t):
    attack(m, t, OTHER_SENSOR, "a server with the certificate of pump.example")
