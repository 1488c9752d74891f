    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.load_verify_locations(ca_file)
    with socket.create_connection((host, port), timeout=5) as raw:
        with context.wrap_socket(raw) as connection:
            return connection.makefile("r").readline().rstrip("\r\n")
